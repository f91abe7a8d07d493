// One pane: a person's chat with the bot. Text of others is only ever set as text, never as markup.

import { Refused, get, post } from "./asking.js";
import { clockIn } from "./clock.js";

const CALM = matchMedia("(prefers-reduced-motion: reduce)");
const LINK = /(https:\/\/[^\s<>"]+[^\s<>".,;:!?)])/;

export class Chat {
  constructor(pane, { onReply, onPush, onPerson }) {
    this.pane = pane;
    this.log = pane.querySelector(".log");
    this.select = pane.querySelector(".person");
    this.text = pane.querySelector(".text");
    this.onReply = onReply;
    this.onPush = onPush;
    pane.querySelector(".ask").addEventListener("submit", (event) => {
      event.preventDefault();
      const text = this.text.value;
      if (text.trim()) { this.text.value = ""; this.say(text); }
    });
    pane.querySelector(".hints").addEventListener("click", (event) => {
      if (event.target.matches(".hint")) this.say(event.target.textContent);
    });
    this.select.addEventListener("change", () => { this.begin(); this.receive(); onPerson(); });
    this.begin();
  }

  get person() {
    const chosen = this.select.selectedOptions[0];
    return { email: chosen.value, name: chosen.textContent, ...chosen.dataset };
  }

  begin() {
    const { email, name } = this.person;
    this.as = email;
    this.seen = 0;
    this.caughtUp = false;
    this.log.replaceChildren();
    this.pane.dataset.as = email;
    this.pane.setAttribute("aria-label", `${name}’s chat`);
    this.pane.querySelector(".avatar").textContent = name.split(" ").map((part) => part[0]).slice(0, 2).join("");
    this.text.placeholder = `Say something as ${name.split(" ")[0]}`;
    this.tick();
  }

  tick() {
    const { role, zone } = this.person;
    this.pane.querySelector(".about").textContent = `${role} · ${zone.split("/").pop().replaceAll("_", " ")} · ${clockIn(zone)}`;
  }

  say(text) {
    this.add(bubble("mine", text));
    return this.ask("/console/say", { as: this.as, text });
  }

  press(choice, button) {
    button.classList.add("pressed");
    this.add(bubble("mine", choice.name ?? choice.label));
    return this.ask("/console/press", { as: this.as, token: choice.token });
  }

  async ask(path, fields) {
    const waiting = this.add(bubble("waiting dots", ""));
    waiting.setAttribute("aria-hidden", "true");
    const slow = setTimeout(() => {
      waiting.removeAttribute("aria-hidden");
      waiting.className = "bubble waiting";
      waiting.textContent = "Still checking both calendars…";
    }, 3000);
    try {
      const reply = await post(path, fields);
      if (fields.as === this.as) { waiting.remove(); this.show(reply); }
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      waiting.className = "bubble refused";
      waiting.removeAttribute("aria-hidden");
      waiting.textContent = error.message;
    } finally {
      clearTimeout(slow);
      this.onReply();
    }
  }

  async receive() {
    const as = this.as;
    const { messages, next } = await get(`/console/inbox?as=${encodeURIComponent(as)}&after=${this.seen}`, { quiet: true });
    if (as !== this.as) return;
    const news = messages.filter(({ id }) => id > this.seen);
    this.seen = Math.max(this.seen, next);
    for (const message of news) this.show(message, "pushed");
    if (news.length && this.caughtUp) this.onPush(news.length);
    this.caughtUp = true;
  }

  show(reply, how = "") {
    const drawn = bubble(`${how} ${reply.kind === "Refused" ? "refused" : ""}`);
    for (const paragraph of reply.words.before) drawn.append(element("p", runs(paragraph)));
    if (reply.words.lines.length) {
      drawn.append(element(reply.words.numbered ? "ol" : "ul", reply.words.lines.map((line) => element("li", runs(line)))));
    }
    for (const paragraph of reply.words.after) drawn.append(element("p", runs(paragraph)));
    if (reply.picture) drawn.append(picture(reply.picture));
    if (reply.download) drawn.append(element("p", [download(reply.download)]));
    if (reply.choices.length) drawn.append(this.buttons(reply.choices));
    this.add(drawn);
  }

  buttons(choices) {
    return element("div", choices.map((choice) => {
      if (choice.url) return opened(choice);
      const button = element("button", [choice.label]);
      button.type = "button";
      if (/^\d+$/.test(choice.label)) button.className = "number";
      if (choice.name && choice.name !== choice.label) {
        button.setAttribute("aria-label", choice.name);
        button.title = choice.name;
      }
      button.addEventListener("click", () => this.press(choice, button));
      return button;
    }), "choices");
  }

  add(node) {
    this.log.append(node);
    if (!CALM.matches) node.animate([{ opacity: 0, translate: "0 4px" }, {}], { duration: 180, easing: "ease-out" });
    this.log.scrollTop = this.log.scrollHeight;
    return node;
  }
}

function bubble(how, text = "") {
  return element("div", text ? [text] : [], `bubble ${how}`.trim());
}

export function element(name, children = [], className = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

function runs(parts) {
  return parts.flatMap(([text, mark]) => {
    const linked = text.split(LINK).map((piece, index) => (index % 2 ? link(piece) : piece));
    if (mark === "bold") return [element("strong", linked)];
    return mark === "italic" ? [element("em", linked)] : linked;
  });
}

function link(address) {
  const anchor = element("a", [address.replace(/^https:\/\//, "").slice(0, 48)]);
  anchor.href = address;
  anchor.target = "_blank";
  anchor.rel = "noopener noreferrer";
  return anchor;
}

// A page of its own: the chat stays, and learns by itself what came of it.
function opened(choice) {
  const anchor = element("a", [choice.label], "onward");
  Object.assign(anchor, { href: choice.url, target: "_blank", rel: "noopener noreferrer" });
  return anchor;
}

function download({ url, name }) {
  const anchor = element("a", [name]);
  anchor.href = url;
  anchor.download = name;
  return anchor;
}

function picture({ light, dark, alt, width, height }) {
  const shown = element("picture");
  const night = element("source");
  night.srcset = dark;
  night.media = "(prefers-color-scheme: dark)";
  const image = element("img");
  Object.assign(image, { src: light, alt, width, height });
  shown.append(night, image);
  return shown;
}
