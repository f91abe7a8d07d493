// What the app offers beside its chat: commands to choose from, and its message extension.

import { act } from "./asking.js";
import { Card } from "./cards.js";
import { make } from "./making.js";

const box = document.getElementById("found");
const CARD = "application/vnd.microsoft.card.adaptive";

export class Offered {
  constructor(as, { say }) {
    this.as = as;
    this.say = say;
    this.screen = null;
    this.like = "";
    for (const place of document.querySelectorAll(".offer")) {
      place.addEventListener("keydown", (event) => {
        if (event.key !== "Escape") return;
        place.open = false;
        place.querySelector("summary").focus();
      });
      place.addEventListener("focusout", (event) => { if (event.relatedTarget && !place.contains(event.relatedTarget)) place.open = false; });
    }
  }

  show(screen, writing) {
    this.screen = screen;
    this.writing = writing;
    const like = JSON.stringify([screen.commands, screen.extension, screen.conversation]);
    if (like === this.like) return;
    this.like = like;
    this.list("commands", screen.commands.map(({ title, about, slash }) => [title, about, () => this.say(title, slash)]));
    const writingOnes = screen.extension.filter(({ contexts }) => contexts.includes("compose"));
    this.list("apps", writingOnes.map((command) => [command.title, "", () => this.begin(command)]));
  }

  list(id, entries) {
    const place = document.getElementById(id);
    place.hidden = entries.length === 0;
    place.querySelector("ul").replaceChildren(...entries.map(([title, about, chosen]) => {
      const button = make("button", { type: "button" }, title, about ? make("small", {}, about) : null);
      button.addEventListener("click", () => { place.open = false; chosen(); });
      return make("li", {}, button);
    }));
  }

  // The extension's commands about one message, below it.
  about(message) {
    const commands = this.screen.extension.filter(({ contexts }) => contexts.includes("message"));
    if (commands.length === 0 || message.bot) return null;
    return make("p", { className: "about-message" }, ...commands.map((command) => {
      const button = make("button", { type: "button" }, command.title);
      button.addEventListener("click", () => this.ask(command, message.id));
      return button;
    }));
  }

  begin(command) {
    if (command.type === "action") return this.ask(command);
    const field = make("input", { type: "search", id: "found-text" });
    const results = make("ul", { className: "results", "aria-live": "polite" });
    const search = async () => this.found(results, await act("search", {
      as: this.as, conversation: this.screen.conversation, command: command.id,
      parameters: field.value ? { [command.parameter?.name ?? "query"]: field.value } : { initialRun: "true" },
    }));
    field.addEventListener("input", search);
    this.open(command.title, make("div", { className: "input" }, make("label", { className: "label", htmlFor: "found-text" }, command.parameter?.title ?? "Search"), field), results);
    return search();
  }

  async ask(command, message = "") {
    const told = { as: this.as, conversation: this.screen.conversation, command: command.id, message };
    const { trouble, attachments } = await act("ask", told);
    if (attachments.length) this.send(attachments);
    else if (trouble) this.open(command.title, make("p", { className: "error", role: "alert" }, trouble));
  }

  // What an extension made: each can be sent.
  send(attachments) {
    const results = make("ul", { className: "results" });
    this.open("Send", results);
    this.found(results, { attachments, said: "", trouble: "" });
  }

  found(place, { attachments, said, trouble }) {
    const words = said || trouble || (attachments.length ? "" : "Nothing was found.");
    place.replaceChildren(...(words ? [make("li", {}, words)] : []), ...attachments.map((attachment) => {
      const shown = attachment.preview ?? attachment;
      const acting = () => {};
      acting.suggest = async () => [];
      const button = make("button", { type: "button", className: "button positive" }, "Send");
      button.addEventListener("click", async () => {
        const { preview: _, ...sent } = attachment;
        await act("choose", { as: this.as, conversation: this.screen.conversation, attachment: sent });
        box.close();
      });
      return make("li", {}, shown.contentType === CARD ? new Card(shown.content, this.writing, acting).node : shown.content?.title ?? "", button);
    }));
  }

  open(title, ...inside) {
    const closer = make("button", { type: "button", className: "closer", "aria-label": "Close" }, "×");
    closer.addEventListener("click", () => box.close());
    box.replaceChildren(make("header", {}, make("h2", { id: "found-title" }, title), closer), ...inside);
    if (!box.open) box.showModal();
  }
}
