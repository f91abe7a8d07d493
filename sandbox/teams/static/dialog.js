// The dialog on top: one card, or words; what is sent in it may keep it open.

import { act } from "./asking.js";
import { Card } from "./cards.js";
import { make } from "./making.js";

const box = document.getElementById("dialog");

export class Dialog {
  // `send` is told what an extension made, to be sent.
  constructor(as, send) {
    this.as = as;
    this.send = send;
    this.like = "";
    box.addEventListener("cancel", (event) => { event.preventDefault(); this.close(); });
  }

  show(dialog, writing) {
    const like = JSON.stringify(dialog);
    if (like === this.like) return;
    this.like = like;
    if (!dialog) { box.close(); return; }
    const closer = make("button", { type: "button", className: "closer", "aria-label": "Close" }, "×");
    closer.addEventListener("click", () => this.close());
    const acting = (action, card, node) => this.submit(action, card, node);
    acting.suggest = async () => [];
    const inside = dialog.card ? new Card(dialog.card, writing, acting).node : make("p", { className: "text" }, dialog.said);
    const trouble = make("p", { className: "error", role: "alert", hidden: !dialog.trouble }, dialog.trouble);
    box.replaceChildren(make("header", {}, make("h2", { id: "dialog-title" }, dialog.title || "Pairtime"), closer), inside, trouble);
    if (!box.open) box.showModal();
  }

  async submit(action, card, node) {
    if (node.classList.contains("busy")) return;
    node.classList.add("busy");
    try {
      const { errors, trouble, attachments } = await act("submit", { as: this.as, title: action.title ?? action.id, values: filled(card) });
      card.wrong(errors);
      if (attachments.length) this.send(attachments);
      const place = box.querySelector(":scope > .error");
      if (place) { place.textContent = trouble; place.hidden = !trouble; }
    } finally { node.classList.remove("busy"); }
  }

  close() { return act("close", { as: this.as }); }
}

// What is not empty: Teams sends no more.
export function filled(card) {
  return Object.fromEntries(Object.entries(card.values()).filter(([, value]) => value !== ""));
}
