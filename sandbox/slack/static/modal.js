// The modal on top, and the question before something that has consequences.

import { act } from "./asking.js";
import { Blocks, entered } from "./blocks.js";
import { make } from "./making.js";

const dialog = document.getElementById("modal");
const question = document.getElementById("confirm");

export class Modal {
  constructor(as) {
    this.as = as;
    this.view = null;
    this.busy = false;
    dialog.addEventListener("cancel", (event) => { event.preventDefault(); this.close(); });
  }

  show(view, writing, files) {
    if (!view) {
      if (dialog.open) dialog.close();
      this.view = null;
      return;
    }
    if (this.view?.id === view.id && this.view.hash === view.hash) return;
    const typed = this.view?.id === view.id ? this.typed() : {};
    const focused = dialog.contains(document.activeElement) ? document.activeElement.dataset.action : null;
    this.view = view;
    this.draw(writing, files, typed);
    if (!dialog.open) dialog.showModal();
    if (focused) dialog.querySelector(`[data-action="${CSS.escape(focused)}"]`)?.focus();
  }

  draw(writing, files, typed) {
    const { view } = this;
    const acting = (block, element, value, node) => this.acted(block, element, value, node);
    acting.suggest = async (block, element, value) => (
      await act("suggest", { as: this.as, view: view.id, block: block.block_id, action: element.action_id, value })).options;
    const form = make("form", { noValidate: true },
      make("header", {}, make("h2", { id: "modal-title" }, view.title.text), this.closer("×", "Close")),
      make("div", { className: "inside" }, ...new Blocks(writing, files, acting).draw(view.blocks, view.state.values)),
      make("footer", {}, make("p", { className: "error", role: "alert", hidden: true }), this.closer(view.close?.text ?? "Cancel"),
        view.submit ? make("button", { className: "button primary", type: "submit" }, view.submit.text) : null));
    form.addEventListener("submit", (event) => { event.preventDefault(); this.submit(); });
    dialog.replaceChildren(form);
    for (const [block, inside] of Object.entries(typed)) {
      for (const [action, value] of Object.entries(inside)) {
        const field = dialog.querySelector(`[data-block="${CSS.escape(block)}"] [data-action="${CSS.escape(action)}"]`);
        if (field && "value" in field && value && field.matches("input[type=text], textarea")) field.value = value;
      }
    }
  }

  closer(words, label) {
    const button = make("button", { type: "button", className: label ? "closer" : "button", "aria-label": label }, words);
    button.addEventListener("click", () => this.close());
    return button;
  }

  typed() {
    const values = {};
    for (const block of this.view.blocks) {
      if (block.type !== "input") continue;
      const field = dialog.querySelector(`[data-block="${CSS.escape(block.block_id)}"] [data-action]`);
      if (field) values[block.block_id] = { [block.element.action_id]: entered(field) };
    }
    return values;
  }

  async acted(block, element, value, node) {
    if (block.type === "input" && !block.dispatch_action) return;
    if (!await sure(element.confirm)) return;
    node.classList.add("busy");
    try {
      await act("press", {
        as: this.as, view: this.view.id, block: block.block_id, action: element.action_id, value, values: this.typed(),
      });
    } finally { node.classList.remove("busy"); }
  }

  async submit() {
    if (this.busy) return;
    this.busy = true;
    dialog.querySelector("[type=submit]").classList.add("busy");
    try {
      const { errors, trouble } = await act("submit", { as: this.as, view: this.view.id, values: this.typed() });
      for (const drawn of dialog.querySelectorAll(".block-input")) say(drawn, errors[drawn.dataset.block]);
      say(dialog.querySelector("footer"), trouble);
      dialog.querySelector(".wrong [data-action]")?.focus();
    } finally {
      this.busy = false;
      dialog.querySelector("[type=submit]")?.classList.remove("busy");
    }
  }

  close() {
    return act("close", { as: this.as, view: this.view.id });
  }
}

function say(place, sentence) {
  const error = place.querySelector(".error");
  error.textContent = sentence ?? "";
  error.hidden = !sentence;
  place.classList.toggle("wrong", Boolean(sentence));
}

// Whether the person meant it; without a question, yes.
export function sure(confirm) {
  if (!confirm) return Promise.resolve(true);
  return new Promise((resolve) => {
    const yes = make("button", { className: `button ${confirm.style ?? "primary"}`, value: "yes" }, confirm.confirm.text);
    const no = make("button", { className: "button", value: "no" }, confirm.deny.text);
    question.replaceChildren(make("form", { method: "dialog" }, make("h2", { id: "confirm-title" }, confirm.title.text),
      make("p", {}, confirm.text.text), make("footer", {}, no, yes)));
    question.returnValue = "no";
    question.addEventListener("close", () => resolve(question.returnValue === "yes"), { once: true });
    question.showModal();
  });
}
