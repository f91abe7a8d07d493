// The inputs of a card: each with its label, what is missing said beside it, and its value as Teams sends it.

import { fresh, make } from "./making.js";

export class Inputs {
  constructor(acting, button) {
    this.acting = acting;
    this.button = button;
    this.all = new Map();
  }

  values() {
    return Object.fromEntries([...this.all].map(([id, { read }]) => [id, read()]));
  }

  wrong(errors) {
    let first = null;
    for (const [id, { node, field, error }] of this.all) {
      const sentence = errors[id] ?? "";
      error.textContent = sentence;
      error.hidden = !sentence;
      node.classList.toggle("wrong", Boolean(sentence));
      if (sentence) {
        field.setAttribute("aria-invalid", "true");
        field.setAttribute("aria-describedby", error.id);
        first ??= field;
      } else {
        field.removeAttribute("aria-invalid");
        field.removeAttribute("aria-describedby");
      }
    }
    (first?.matches("[role]") ? first.querySelector("input") : first)?.focus();
    return first !== null;
  }

  draw(input) {
    const id = fresh();
    const [node, read] = this.field(input, id);
    const grouped = node.matches("[role]");
    const field = node.matches(".several") ? node.querySelector("input") : node;
    const error = make("p", { className: "error", id: `${id}-error`, role: "alert", hidden: true });
    const made = make("div", { className: "input" });
    if (input.label) {
      const star = input.isRequired ? make("span", { className: "star", "aria-hidden": "true" }, " *") : null;
      const label = make(grouped ? "div" : "label", grouped ? { id: `${id}-label` } : { htmlFor: id }, input.label, star);
      label.className = "label";
      made.append(label);
      if (grouped) node.setAttribute("aria-labelledby", `${id}-label`);
    }
    if (input.isRequired) field.setAttribute("aria-required", "true");
    made.append(node, error);
    this.all.set(input.id, { node: made, field, error, read });
    return made;
  }

  field(input, id) {
    switch (input.type) {
      case "Input.Text": return this.text(input, id);
      case "Input.Number": return this.typed("number", input, id);
      case "Input.Date": return this.typed("date", input, id);
      case "Input.Time": return this.typed("time", input, id);
      case "Input.Toggle": return this.toggle(input, id);
      default: return this.choices(input, id);
    }
  }

  text(input, id) {
    const told = { id, value: input.value ?? "", placeholder: input.placeholder ?? "", maxLength: input.maxLength ?? 4000 };
    const kind = ["tel", "url", "email", "password"].find((each) => each === String(input.style).toLowerCase()) ?? "text";
    const field = input.isMultiline ? make("textarea", { ...told, rows: 3 }) : make("input", { ...told, type: kind });
    if (!input.inlineAction) return [field, () => field.value];
    const beside = this.button(input.inlineAction);
    return [make("span", { className: "several" }, field, beside), () => field.value];
  }

  typed(type, input, id) {
    const field = make("input", { id, type, value: String(input.value ?? ""), min: String(input.min ?? ""), max: String(input.max ?? ""), placeholder: input.placeholder ?? "" });
    if (type === "number") field.step = "any";
    return [field, () => field.value];
  }

  toggle(input, id) {
    const on = input.valueOn ?? "true";
    const box = make("input", { id: input.label ? undefined : id, type: "checkbox", checked: (input.value ?? "") === on });
    const made = make("label", { className: "tick" }, box, make("span", {}, input.title));
    if (!input.label) return [made, () => (box.checked ? on : input.valueOff ?? "false")];
    return [make("div", { id, role: "group" }, made), () => (box.checked ? on : input.valueOff ?? "false")];
  }

  choices(input, id) {
    const style = String(input.style ?? "compact").toLowerCase();
    if (input.isMultiSelect || style === "expanded") return this.ticks(input, id);
    if (style === "filtered") return this.filtered(input, id);
    const options = (input.choices ?? []).map(({ title, value }) => make("option", { value, selected: value === input.value }, title));
    const empty = input.value === undefined ? [make("option", { value: "", selected: true, disabled: true, hidden: true }, input.placeholder ?? "")] : [];
    const field = make("select", { id }, ...empty, ...options);
    return [field, () => field.value];
  }

  ticks(input, id) {
    const type = input.isMultiSelect ? "checkbox" : "radio";
    const chosen = String(input.value ?? "").split(",");
    const group = make("div", { id, role: input.isMultiSelect ? "group" : "radiogroup", className: "ticks" },
      ...(input.choices ?? []).map(({ title, value }) => make("label", { className: "tick" },
        make("input", { type, name: id, value, checked: chosen.includes(value) }), make("span", {}, title))));
    return [group, () => [...group.querySelectorAll("input:checked")].map(({ value }) => value).join(",")];
  }

  filtered(input, id) {
    let known = input.choices ?? [];
    const list = make("datalist", { id: `${id}-list` });
    const fill = () => list.replaceChildren(...known.map(({ title }) => make("option", { value: title })));
    const field = make("input", {
      id, type: "text", placeholder: input.placeholder ?? "", value: known.find(({ value }) => value === input.value)?.title ?? "",
    });
    field.setAttribute("list", list.id);
    fill();
    if (input["choices.data"]) {
      field.addEventListener("input", async () => {
        if (known.some(({ title }) => title === field.value)) return;
        const found = await this.acting.suggest(input.id, field.value);
        known = [...(input.choices ?? []), ...found];
        fill();
      });
    }
    return [make("span", { className: "several" }, field, list), () => known.find(({ title }) => title === field.value)?.value ?? ""];
  }
}
