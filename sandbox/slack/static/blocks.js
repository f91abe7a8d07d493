// Block Kit, drawn for real. `acting` is told what was pressed or chosen: (block, element, value).

import { make } from "./making.js";

let made = 0;
const fresh = () => `n${(made += 1)}`;

export class Blocks {
  constructor(writing, files, acting) {
    this.writing = writing;
    this.files = files;
    this.acting = acting;
  }

  draw(blocks, values = {}) {
    this.values = values;
    return blocks.map((block) => {
      const draw = this[block.type];
      const drawn = draw ? draw.call(this, block) : make("p", { className: "unknown" }, `[${block.type}]`);
      drawn.classList.add("block", `block-${block.type}`);
      drawn.dataset.block = block.block_id ?? "";
      return drawn;
    });
  }

  section(block) {
    const words = make("div", { className: "words" });
    if (block.text) words.append(make("p", {}, ...this.writing.text(block.text)));
    if (block.fields) {
      words.append(make("div", { className: "fields" },
        ...block.fields.map((field) => make("p", {}, ...this.writing.text(field)))));
    }
    const drawn = make("div", {}, words);
    if (block.accessory) drawn.append(this.element(block, block.accessory));
    return drawn;
  }

  actions(block) {
    return make("div", { role: "group", "aria-label": "Actions" }, ...block.elements.map((each) => this.element(block, each)));
  }

  context(block) {
    return make("div", {}, ...block.elements.map((each) => (
      each.type === "image" ? this.picture(each) : make("span", {}, ...this.writing.text(each)))));
  }

  header(block) { return make("h3", {}, ...this.writing.text(block.text)); }

  divider() { return make("hr"); }

  image(block) {
    const drawn = make("figure", {}, this.picture(block));
    if (block.title) drawn.prepend(make("figcaption", {}, block.title.text));
    return drawn;
  }

  rich_text(block) { return make("div", {}, ...this.writing.rich(block.elements)); }

  markdown(block) { return make("div", {}, ...this.writing.mrkdwn(block.text.replaceAll("**", "*"))); }

  input(block) {
    const id = fresh();
    const element = this.element(block, block.element, id);
    const optional = block.optional ? make("span", { className: "optional" }, " (optional)") : null;
    const single = !["radio_buttons", "checkboxes"].includes(block.element.type);
    const label = make(single ? "label" : "div", single ? { htmlFor: id } : { id: `${id}-label` }, block.label.text, optional);
    label.className = "label";
    if (!single) element.setAttribute("aria-labelledby", `${id}-label`);
    const hint = block.hint ? make("p", { className: "hint" }, ...this.writing.text(block.hint)) : null;
    return make("div", {}, label, element, hint, make("p", { className: "error", role: "alert", hidden: true }));
  }

  // A picture from elsewhere is not fetched: this page asks nobody for anything.
  picture(image) {
    const file = image.slack_file && this.files[image.slack_file.id];
    if (!file) return make("span", { className: "elsewhere", role: "img", "aria-label": image.alt_text }, image.alt_text);
    return make("img", { src: `/slack/shared/${encodeURIComponent(image.slack_file.id)}`, alt: image.alt_text });
  }

  element(block, element, id = fresh()) {
    const draw = this[`draw_${element.type}`];
    if (!draw) return make("span", { className: "unknown" }, `[${element.type}]`);
    const drawn = draw.call(this, block, element, id);
    drawn.dataset.action = element.action_id ?? "";
    return drawn;
  }

  value(block, element) {
    return this.values[block.block_id]?.[element.action_id];
  }

  draw_button(block, element) {
    const attributes = { className: `button ${element.style ?? ""}`, "aria-label": element.accessibility_label };
    const words = this.writing.text(element.text);
    const drawn = element.url
      ? make("a", { ...attributes, href: element.url, target: "_blank", rel: "noopener noreferrer" }, ...words)
      : make("button", { ...attributes, type: "button" }, ...words);
    drawn.addEventListener("click", () => this.acting(block, element, null, drawn));
    return drawn;
  }

  draw_image(_block, element) { return this.picture(element); }

  draw_static_select(block, element, id) {
    const chosen = this.value(block, element)?.selected_option ?? element.initial_option;
    const groups = element.option_groups ?? [{ options: element.options }];
    const options = groups.map((group) => {
      const inside = group.options.map((option) => make("option", {
        value: option.value, selected: option.value === chosen?.value,
      }, option.description ? `${option.text.text} · ${option.description.text}` : option.text.text));
      return group.label ? [make("optgroup", { label: group.label.text }, ...inside)] : inside;
    }).flat();
    const empty = make("option", { value: "", disabled: true, selected: !chosen }, element.placeholder?.text ?? "Select an item");
    return this.changing(block, element, make("select", { id, "aria-label": element.placeholder?.text }, empty, ...options));
  }

  draw_external_select(block, element, id) {
    const list = make("datalist", { id: `${id}-options` });
    const chosen = this.value(block, element)?.selected_option ?? element.initial_option;
    const field = make("input", { id, type: "text", value: chosen?.text.text ?? "", placeholder: element.placeholder?.text ?? "Type to search" });
    field.setAttribute("list", list.id);
    field.chosen = chosen ?? null;
    let options = [];
    const search = async () => {
      options = await this.acting.suggest(block, element, field.value);
      list.replaceChildren(...options.map((option) => make("option", { value: option.text.text })));
    };
    field.addEventListener("focus", search, { once: true });
    field.addEventListener("input", () => {
      field.chosen = options.find((option) => option.text.text === field.value) ?? null;
      if (field.chosen) this.acting(block, element, field.chosen, field); else search();
    });
    return make("span", { className: "external" }, field, list);
  }

  draw_datepicker(block, element, id) {
    const value = this.value(block, element)?.selected_date ?? element.initial_date ?? "";
    return this.changing(block, element, make("input", { id, type: "date", value, "aria-label": element.placeholder?.text }));
  }

  draw_timepicker(block, element, id) {
    const value = this.value(block, element)?.selected_time ?? element.initial_time ?? "";
    return this.changing(block, element, make("input", { id, type: "time", value, "aria-label": element.placeholder?.text }));
  }

  draw_radio_buttons(block, element, id) { return this.ticked("radio", block, element, id); }

  draw_checkboxes(block, element, id) { return this.ticked("checkbox", block, element, id); }

  ticked(type, block, element, id) {
    const state = this.value(block, element);
    const first = element.initial_options ?? (element.initial_option ? [element.initial_option] : []);
    const chosen = (state?.selected_options ?? (state?.selected_option ? [state.selected_option] : first)).map(({ value }) => value);
    const group = make("div", { id, role: type === "radio" ? "radiogroup" : "group", className: "ticks" });
    for (const option of element.options) {
      const box = make("input", { type, name: id, value: option.value, checked: chosen.includes(option.value) });
      const about = option.description ? make("small", {}, ...this.writing.text(option.description)) : null;
      group.append(make("label", {}, box, make("span", {}, ...this.writing.text(option.text), about)));
    }
    group.addEventListener("change", () => this.acting(block, element, entered(group), group));
    return group;
  }

  draw_overflow(block, element) {
    const items = element.options.map((option) => {
      const item = make("button", { type: "button" }, option.text.text);
      item.addEventListener("click", () => { menu.open = false; this.acting(block, element, option.value, item); });
      return item;
    });
    const menu = make("details", { className: "overflow" }, make("summary", { "aria-label": "More actions" }, "⋯"),
      make("div", { className: "menu" }, ...items));
    return menu;
  }

  draw_plain_text_input(block, element, id) {
    const value = this.value(block, element)?.value ?? element.initial_value ?? "";
    const told = { id, value, placeholder: element.placeholder?.text ?? "", maxLength: element.max_length ?? 3000, autofocus: element.focus_on_load };
    const field = element.multiline ? make("textarea", { ...told, rows: 3 }) : make("input", { ...told, type: "text" });
    field.addEventListener("change", () => this.acting(block, element, field.value, field));
    return field;
  }

  draw_email_text_input(block, element, id) { return this.draw_plain_text_input(block, element, id); }

  draw_url_text_input(block, element, id) { return this.draw_plain_text_input(block, element, id); }

  draw_number_input(block, element, id) { return this.draw_plain_text_input(block, element, id); }

  changing(block, element, field) {
    field.addEventListener("change", () => this.acting(block, element, field.value || null, field));
    return field;
  }
}

// What stands in a field, as /_/slack takes it.
export function entered(field) {
  if (field.matches(".ticks")) {
    const ticked = [...field.querySelectorAll("input:checked")].map((box) => box.value);
    return field.getAttribute("role") === "radiogroup" ? ticked[0] ?? null : ticked;
  }
  if (field.matches(".external")) return field.querySelector("input").chosen;
  return field.value || null;
}
