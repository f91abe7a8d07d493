// One person's Teams. Joins the parts: the chats, the messages with their cards, the dialog, the message box.

import { Refused, act, complain, look } from "./asking.js";
import { Card } from "./cards.js";
import { Dialog, filled } from "./dialog.js";
import { Offered } from "./offered.js";
import { make } from "./making.js";
import { Markdown } from "./markdown.js";

const query = new URLSearchParams(location.search);
const as = query.get("as") ?? "sam@example.com";
const at = (id) => document.getElementById(id);
const offered = new Offered(as, { say: (title, slash) => say(title, { slash }) });
const dialog = new Dialog(as, (attachments) => offered.send(attachments));
const drawn = new Map();
const refreshed = new Set();
let conversation = query.get("conversation") ?? "";
let screen = null;

document.body.classList.toggle("embedded", window.parent !== window);
paint(query.get("theme") ?? "");
at("theme").addEventListener("change", () => paint(at("theme").value));

function paint(theme) {
  at("theme").value = theme;
  document.documentElement.dataset.theme = theme;
}

function show(next) {
  screen = next;
  conversation = next.conversation;
  const writing = new Markdown(next.me);
  at("me").textContent = `${next.me.name} · ${next.me.zone.split("/").pop().replaceAll("_", " ")}`;
  document.title = `${next.me.name}: Teams in the sandbox`;
  at("typing").textContent = next.typing ? `${next.app} is typing …` : "";
  offered.show(next, writing);
  drawPlaces(next);
  drawMessages(next, writing);
  dialog.show(next.dialog, writing);
}

function drawPlaces({ conversations, conversation: here, app }) {
  document.body.classList.toggle("alone", conversations.length < 2);
  const shown = conversations.find(({ id }) => id === here);
  const name = shown?.name ?? app;
  at("title").textContent = name;
  at("text").placeholder = shown?.kind === "personal" ? `Message ${name}` : `Message ${name}: begin with @${app}, or / for its eyes alone`;
  at("places").replaceChildren(...conversations.map((each) => {
    const button = make("button", { type: "button", "aria-current": each.id === here ? "true" : undefined }, each.name);
    button.addEventListener("click", () => enter(each.id));
    return make("li", { className: each.kind }, button);
  }));
}

function enter(id) {
  conversation = id;
  drawn.clear();
  at("log").replaceChildren();
  refresh();
}

function drawMessages({ messages }, writing) {
  const log = at("log");
  const kept = new Set(messages.map(({ id }) => id));
  for (const [id, { node }] of drawn) if (!kept.has(id)) { node.remove(); drawn.delete(id); }
  let previous = null;
  let news = false;
  for (const message of messages) {
    const like = JSON.stringify(message);
    let known = drawn.get(message.id);
    if (known?.like !== like) {
      const focused = known?.node.contains(document.activeElement);
      const node = drawMessage(message, writing);
      if (known) known.node.replaceWith(node); else if (previous) previous.after(node); else log.prepend(node);
      if (focused) node.focus();
      known = { like, node };
      drawn.set(message.id, known);
      news = true;
      ownView(message);
    }
    previous = known.node;
  }
  log.classList.toggle("empty", messages.length === 0);
  if (news) followLog();
}

// The newest message stays in sight until somebody scrolls up: pictures come late, and a pane may be hidden at first.
let low = true;
let lastTop = 0;
const followLog = () => { if (low) at("log").scrollTop = at("log").scrollHeight; };
at("log").addEventListener("scroll", ({ target: log }) => {
  if (!log.clientHeight) return;
  const near = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  low = near || (low && log.scrollTop >= lastTop);
  lastTop = log.scrollTop;
});
at("log").addEventListener("load", followLog, { capture: true });
new ResizeObserver(followLog).observe(at("log"));

function drawMessage(message, writing) {
  const acting = (action, card, node) => press(message, action, card, node);
  acting.suggest = async (input, text) => (await act("suggest", { as, conversation, message: message.id, input, text })).choices;
  const cards = message.cards.map((card) => new Card(card, writing, acting).node);
  const words = message.text ? [make("div", { className: "text" }, ...(message.plain ? [make("p", {}, message.text.replace(/<\/?at>/g, ""))] : writing.block(message.text)))] : [];
  const pictures = message.pictures.filter(({ url }) => url.startsWith("data:")).map(({ url, name }) => make("img", { src: url, alt: name }));
  const files = message.files.map((file) => drawFile(message, file));
  const stamp = new Date(Number(message.id));
  const clock = new Intl.DateTimeFormat(screen.me.locale, { timeZone: screen.me.zone, hour: "numeric", minute: "2-digit" });
  return make("article", { className: `message ${message.mine ? "mine" : ""} ${message.only ? "private" : ""}`, "aria-label": message.by, tabIndex: -1 },
    make("span", { className: `avatar ${message.bot ? "bot" : ""}`, "aria-hidden": "true" }, message.bot ? "" : initials(message.by)),
    make("div", { className: "body" },
      make("p", { className: "by" }, make("b", {}, message.by), make("time", { dateTime: stamp.toISOString() }, clock.format(stamp)),
        message.edited ? make("span", { className: "edited" }, "Edited") : null),
      message.only ? make("p", { className: "only" }, "Only you can see this") : null,
      ...words, ...pictures, ...cards, ...files,
      offered.about(message),
      message.below ? make("p", { className: "below", role: "status" }, message.below) : null));
}

// A file that was handed over, or the question whether it may be.
function drawFile(message, { id, name, about }) {
  if (id) return make("p", { className: "file text" }, make("a", { href: `/teams/shared/${encodeURIComponent(id)}`, download: name }, name));
  const buttons = [["accept", "Allow"], ["decline", "Decline"]].map(([decision, words]) => {
    const button = make("button", { type: "button", className: "button" }, words);
    button.addEventListener("click", () => act("consent", { as, conversation, message: message.id, decision }).catch(() => {}));
    return button;
  });
  return make("div", { className: "file text" }, make("p", {}, make("b", {}, name)), make("p", {}, about),
    make("div", { className: "actions", role: "group", "aria-label": name }, ...buttons));
}

const initials = (name) => name.split(" ").map((part) => part[0]).slice(0, 2).join("");

async function press(message, action, card, node) {
  if (node.classList.contains("busy")) return;
  node.classList.add("busy");
  try {
    const told = { as, conversation, message: message.id, title: action.title ?? action.id, at: which(message, action), values: filled(card) };
    const { errors, trouble } = await act("press", told);
    if (!card.wrong(errors) && trouble) complain(trouble);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  } finally { node.classList.remove("busy"); }
}

// Several buttons of a card may have the same title: which of them this is.
function which(message, action) {
  const same = [];
  const walk = (part) => {
    if (Array.isArray(part)) { part.forEach(walk); return; }
    if (part === null || typeof part !== "object") return;
    if (typeof part.type === "string" && part.type.startsWith("Action.") && [part.title, part.id].includes(action.title ?? action.id)) same.push(part);
    for (const [name, value] of Object.entries(part)) if (!["data", "msteams", "fallback", "refresh", "requires"].includes(name)) walk(value);
  };
  walk(message.cards[0]);
  return Math.max(0, same.indexOf(action));
}

// A card that draws itself anew for some people asks for their view as soon as they see it.
function ownView(message) {
  const key = `${message.id} ${JSON.stringify(message.cards)}`;
  if (!message.refreshes || refreshed.has(key)) return;
  refreshed.add(key);
  act("refresh", { as, conversation, message: message.id }, { quietly: true }).catch(() => {});
}

// The message box

async function send(text) {
  const { app, conversations } = screen;
  const personal = conversations.find(({ id }) => id === conversation)?.kind === "personal";
  const mention = !personal && text.startsWith(`@${app}`);
  const slash = !personal && text.startsWith("/");
  const words = mention ? text.slice(app.length + 1).trim() : slash ? text.slice(1) : text;
  await say(words, { mention, slash });
}

async function say(text, { mention = false, slash = false }) {
  try {
    await act("say", { as, conversation, text, mention, slash });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  }
}

at("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = at("text").value.trim();
  if (!text) return;
  at("text").value = "";
  at("log").scrollTop = at("log").scrollHeight;
  send(text);
});
for (const button of document.querySelectorAll(".try")) {
  button.addEventListener("click", () => send(button.textContent));
}

// What is new arrives by itself

async function refresh() {
  try { show(await look({ as, conversation })); } catch (error) { complain(error.message); }
}

async function listen() {
  await refresh();
  for (;;) {
    const asked = conversation;
    try {
      const next = await look({ as, conversation: asked, seen: screen?.seen ?? 0 });
      if (asked === conversation) show(next);
    } catch {
      await new Promise((resume) => { setTimeout(resume, 2000); });
    }
  }
}

listen();
