// Adaptive Cards, drawn for real. `acting(action, card, node)` is told what was pressed; the rest happens here.

import { Inputs } from "./inputs.js";
import { fresh, make } from "./making.js";

const dashed = (word) => String(word).replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).toLowerCase();

export class Card {
  // `writing` is a Markdown; `acting.suggest(id, text)` finds choices.
  constructor(card, writing, acting) {
    this.card = card;
    this.writing = writing;
    this.acting = acting;
    this.inputs = new Inputs(acting, (action) => this.button(action));
    this.parts = new Map();
    this.opened = null;
    this.node = this.whole(card);
  }

  // Everything entered, by input.
  values() { return this.inputs.values(); }

  // What is wrong beside each input; answers whether anything is.
  wrong(errors) { return this.inputs.wrong(errors); }

  whole(card) {
    const made = make("div", { className: "card", lang: card.lang, dir: card.rtl ? "rtl" : undefined });
    if (card.speak) made.setAttribute("aria-label", card.speak);
    made.append(...this.elements(card.body ?? []));
    if (card.actions?.length) made.append(this.row(card.actions));
    this.selectable(made, card.selectAction);
    return made;
  }

  elements(elements) {
    return elements.map((element, at) => this.element(element, at === 0)).filter(Boolean);
  }

  element(element, first) {
    const draw = this[`draw_${element.type.replace(".", "_")}`] ?? (element.type.startsWith("Input.") ? this.draw_input : null);
    if (!draw) {
      if (element.fallback && element.fallback !== "drop") return this.element(element.fallback, first);
      return null;
    }
    const drawn = draw.call(this, element);
    drawn.classList.add("element", `spacing-${first ? "none" : dashed(element.spacing ?? "default")}`);
    if (element.separator && !first) drawn.classList.add("separated");
    if (String(element.height).toLowerCase() === "stretch") drawn.classList.add("tall");
    if (element.id) this.parts.set(element.id, drawn);
    drawn.hidden = element.isVisible === false;
    return drawn;
  }

  draw_TextBlock(block) {
    const heading = String(block.style).toLowerCase() === "heading";
    const made = make("div", { className: `text ${this.looks(block)}`, role: heading ? "heading" : undefined, "aria-level": heading ? "2" : undefined });
    made.append(...this.writing.block(block.text));
    if (block.wrap !== true) made.classList.add("one-line");
    if (block.maxLines) { made.classList.add("clamped"); made.style.setProperty("--lines", block.maxLines); }
    return made;
  }

  looks(part) {
    const names = [["size", part.size], ["weight", part.weight], ["colour", part.color], ["font", part.fontType], ["across", part.horizontalAlignment]];
    return [...names.filter(([, value]) => value).map(([name, value]) => `${name}-${dashed(value)}`), part.isSubtle ? "subtle" : ""].join(" ");
  }

  draw_RichTextBlock(block) {
    const runs = block.inlines.map((run) => {
      if (typeof run === "string") return run;
      const marks = ["italic", "underline", "strikethrough", "highlight"].filter((name) => run[name]).join(" ");
      const made = make("span", { className: `${this.looks(run)} ${marks}` }, run.text);
      this.selectable(made, run.selectAction);
      return made;
    });
    return make("div", { className: `text ${this.looks(block)}` }, make("p", {}, ...runs));
  }

  // A picture from elsewhere is not fetched: this page asks nobody for anything.
  draw_Image(image) {
    const own = image.url.startsWith("data:") || new URL(image.url, location.href).origin === location.origin;
    const made = make("div", { className: `picture size-${dashed(image.size ?? "auto")} across-${dashed(image.horizontalAlignment ?? "left")}` });
    const shown = own
      ? make("img", { src: image.url, alt: image.altText ?? "" })
      : make("span", { className: "elsewhere", role: "img", "aria-label": image.altText ?? "" }, image.altText ?? "");
    if (String(image.style).toLowerCase() === "person") shown.classList.add("person");
    if (image.width) shown.style.setProperty("width", image.width);
    if (/^\d+px$/.test(image.height ?? "")) shown.style.setProperty("height", image.height);
    made.append(shown);
    this.selectable(made, image.selectAction, image.altText);
    return made;
  }

  draw_ImageSet(set) {
    return make("div", { className: "pictures" }, ...set.images.map((image) => this.draw_Image({ ...image, size: set.imageSize ?? image.size })));
  }

  draw_Media(media) {
    return make("p", { className: "elsewhere", role: "img", "aria-label": media.altText ?? "Media" }, media.altText ?? "Media");
  }

  draw_Container(container) {
    const made = make("div", { className: this.held("container", container) }, ...this.elements(container.items));
    if (container.minHeight) made.style.setProperty("min-height", container.minHeight);
    this.selectable(made, container.selectAction);
    return made;
  }

  held(name, part) {
    const style = part.style && dashed(part.style) !== "default" ? `styled style-${dashed(part.style)}` : "";
    return `${name} ${style} down-${dashed(part.verticalContentAlignment ?? "top")}`;
  }

  draw_ColumnSet(set) {
    const columns = (set.columns ?? []).map((column, at) => {
      const made = make("div", { className: this.held("column", column) }, ...this.elements(column.items ?? []));
      const width = column.width ?? "stretch";
      if (width === "auto") made.classList.add("narrow");
      else if (/px$/.test(width)) { made.classList.add("fixed"); made.style.setProperty("--width", width); }
      else made.style.setProperty("--share", width === "stretch" ? 1 : Number(width));
      if (at > 0) made.classList.add(`aside-${dashed(column.spacing ?? "default")}`);
      if (column.separator && at > 0) made.classList.add("separated");
      if (column.id) this.parts.set(column.id, made);
      made.hidden = column.isVisible === false;
      this.selectable(made, column.selectAction);
      return made;
    });
    const made = make("div", { className: this.held("columns", set) }, ...columns);
    this.selectable(made, set.selectAction);
    return made;
  }

  draw_FactSet(set) {
    return make("dl", { className: "facts" }, ...set.facts.flatMap(({ title, value }) => [
      make("dt", {}, ...this.writing.line(title)), make("dd", {}, ...this.writing.line(value)),
    ]));
  }

  draw_Table(table) {
    const columns = table.columns ?? [];
    const header = table.firstRowAsHeader !== false;
    const rows = (table.rows ?? []).map((row, at) => make("tr", {}, ...(row.cells ?? []).map((cell, across) => {
      const first = header && at === 0;
      const aligned = cell.horizontalAlignment ?? row.horizontalCellContentAlignment ?? columns[across]?.horizontalCellContentAlignment ?? table.horizontalCellContentAlignment;
      const made = make(first ? "th" : "td", { scope: first ? "col" : undefined, className: `${this.held("cell", cell)} across-${dashed(aligned ?? "left")}` }, ...this.elements(cell.items));
      this.selectable(made, cell.selectAction);
      return made;
    })));
    const shown = table.showGridLines === false ? "" : "lined";
    return make("table", { className: `table ${shown}` }, ...(header && rows.length ? [make("thead", {}, rows[0])] : []),
      make("tbody", {}, ...(header ? rows.slice(1) : rows)));
  }

  draw_ActionSet(set) { return this.row(set.actions); }

  draw_input(input) { return this.inputs.draw(input); }

  row(actions) {
    const panel = make("div", { className: "unfolded" });
    const buttons = make("div", { className: "actions", role: "group", "aria-label": "Actions" });
    const further = make("div", { className: "menu" });
    for (const action of actions) {
      const button = this.button(action, panel);
      if (button) (dashed(action.mode ?? "") === "secondary" ? further : buttons).append(button);
    }
    if (further.children.length) {
      buttons.append(make("details", { className: "overflow" }, make("summary", { "aria-label": "More actions" }, "⋯"), further));
    }
    return make("div", { className: "row" }, buttons, panel);
  }

  button(action, panel) {
    if (!["Action.Execute", "Action.Submit", "Action.OpenUrl", "Action.ToggleVisibility", "Action.ShowCard"].includes(action.type)) {
      return action.fallback && action.fallback !== "drop" ? this.button(action.fallback, panel) : null;
    }
    const told = {
      className: `button ${dashed(action.style ?? "")}`, "aria-description": action.tooltip, title: action.tooltip ?? "",
    };
    if (action.type === "Action.OpenUrl") {
      return make("a", { ...told, href: action.url, target: "_blank", rel: "noopener noreferrer" }, action.title ?? action.url);
    }
    const made = make("button", { ...told, type: "button", disabled: action.isEnabled === false }, action.title ?? "");
    if (action.type === "Action.ShowCard") this.unfolding(made, action, panel);
    else made.addEventListener("click", () => this.act(action, made));
    if (action.type === "Action.ToggleVisibility") made.setAttribute("aria-expanded", String(this.isShown(action)));
    return made;
  }

  unfolding(button, action, panel) {
    const inside = make("div", { className: "inside", id: fresh(), hidden: true },
      ...this.elements(action.card.body ?? []), ...(action.card.actions?.length ? [this.row(action.card.actions)] : []));
    panel.append(inside);
    button.setAttribute("aria-expanded", "false");
    button.setAttribute("aria-controls", inside.id);
    button.addEventListener("click", () => {
      for (const each of panel.children) if (each !== inside) each.hidden = true;
      for (const each of button.parentElement.querySelectorAll("[aria-controls]")) if (each !== button) each.setAttribute("aria-expanded", "false");
      inside.hidden = !inside.hidden;
      button.setAttribute("aria-expanded", String(!inside.hidden));
    });
  }

  isShown(action) {
    return action.targetElements.some((target) => {
      const found = this.parts.get(target.elementId ?? target);
      return found !== undefined && !found.hidden;
    });
  }

  act(action, node) {
    if (action.type === "Action.ToggleVisibility") {
      for (const target of action.targetElements) {
        const found = this.parts.get(target.elementId ?? target);
        if (found) found.hidden = typeof target.isVisible === "boolean" ? !target.isVisible : !found.hidden;
      }
      node.setAttribute("aria-expanded", String(this.isShown(action)));
      return;
    }
    if (action.type === "Action.OpenUrl") { window.open(action.url, "_blank", "noopener,noreferrer"); return; }
    this.acting(action, this, node);
  }

  selectable(node, action, label) {
    if (!action) return;
    node.classList.add("selectable");
    node.setAttribute("role", action.type === "Action.OpenUrl" ? "link" : "button");
    node.tabIndex = 0;
    const name = action.title ?? label;
    if (name) node.setAttribute("aria-label", name);
    if (action.tooltip) node.title = action.tooltip;
    node.addEventListener("click", (event) => { event.stopPropagation(); this.act(action, node); });
    node.addEventListener("keydown", (event) => {
      if (event.target !== node || !["Enter", " "].includes(event.key)) return;
      event.preventDefault();
      this.act(action, node);
    });
  }
}
