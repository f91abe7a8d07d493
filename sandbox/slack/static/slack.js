// One person's Slack. Joins the parts: the channels, the messages, the App Home, the modal, the message box.

import { Refused, act, complain, look } from "./asking.js";
import { Blocks } from "./blocks.js";
import { make } from "./making.js";
import { Modal, sure } from "./modal.js";
import { Writing } from "./writing.js";

const query = new URLSearchParams(location.search);
const as = query.get("as") ?? "ana@example.com";
const at = (id) => document.getElementById(id);
const modal = new Modal(as);
const drawn = new Map();
let channel = "";
let screen = null;
let homeDrawn = "";

document.body.classList.toggle("embedded", window.parent !== window);

function show(next) {
  screen = next;
  channel = next.channel;
  const writing = new Writing(next);
  at("team").textContent = next.team;
  at("me").textContent = `${next.me.name} · ${next.me.zone.split("/").pop().replaceAll("_", " ")}`;
  document.title = `${next.me.name} in ${next.team}: Slack in the sandbox`;
  drawChannels(next);
  drawMessages(next, writing);
  drawHome(next, writing);
  modal.show(next.modal, writing, next.files);
}

function drawChannels({ channels, channel: here, app }) {
  document.body.classList.toggle("alone", channels.length < 2);
  const shown = channels.find(({ id }) => id === here);
  at("title").textContent = shown ? named(shown) : app;
  at("tabs").hidden = shown ? shown.kind !== "im" : false;
  at("text").placeholder = `Message ${shown ? named(shown) : app}`;
  at("text").setAttribute("aria-label", at("text").placeholder);
  at("channels").replaceChildren(...channels.map((each) => {
    const button = make("button", { type: "button", "aria-current": each.id === here ? "true" : undefined }, named(each));
    button.addEventListener("click", () => enter(each.id));
    return make("li", { className: each.kind }, button);
  }));
}

const named = ({ kind, name }) => (kind === "channel" ? `# ${name}` : name);

function enter(id) {
  channel = id;
  drawn.clear();
  at("log").replaceChildren();
  open("messages");
  refresh();
}

function drawMessages({ messages, files, me }, writing) {
  const log = at("log");
  const kept = new Set(messages.map(({ ts }) => ts));
  for (const [ts, { node }] of drawn) if (!kept.has(ts)) { node.remove(); drawn.delete(ts); }
  let previous = null;
  let news = false;
  for (const message of messages) {
    const like = JSON.stringify([message, message.files.map((id) => files[id]?.id)]);
    let known = drawn.get(message.ts);
    if (known?.like !== like) {
      const node = drawMessage(message, files, writing, me);
      if (known) known.node.replaceWith(node); else if (previous) previous.after(node); else log.prepend(node);
      known = { like, node };
      drawn.set(message.ts, known);
      news = true;
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

function drawMessage(message, files, writing, me) {
  const acting = (block, element, value, node) => press({ channel, ts: message.ts }, block, element, value, node);
  acting.suggest = async (block, element, value) => (
    await act("suggest", { as, channel, ts: message.ts, block: block.block_id, action: element.action_id, value })).options;
  const blocks = message.blocks.length
    ? new Blocks(writing, files, acting).draw(message.blocks)
    : [make("p", { className: "block" }, ...writing.mrkdwn(message.text))];
  const shared = message.files.map((id) => files[id]).filter(Boolean).map((file) => (
    file.picture
      ? make("figure", { className: "block" }, make("figcaption", {}, file.title), make("img", { src: `/slack/shared/${file.id}`, alt: file.alt_txt || file.title }))
      : make("p", { className: "block file" }, make("a", { href: `/slack/shared/${file.id}`, download: file.name }, file.title))));
  const only = message.only ? make("p", { className: "only" }, "Only visible to you") : null;
  const stamp = new Date(Number(message.ts) * 1000);
  return make("article", { className: `message ${message.mine ? "mine" : ""} ${message.only ? "private" : ""}`, "aria-label": message.by },
    make("span", { className: `avatar ${message.bot ? "bot" : ""}`, "aria-hidden": "true" }, message.bot ? "" : initials(message.by)),
    make("div", { className: "body" }, only,
      make("p", { className: "by" }, make("b", {}, message.by), message.bot ? make("span", { className: "app" }, "APP") : null,
        make("time", { dateTime: stamp.toISOString() }, writing.clock(message.ts)), message.edited ? make("span", { className: "edited" }, "(edited)") : null),
      ...blocks, ...shared));
}

const initials = (name) => name.split(" ").map((part) => part[0]).slice(0, 2).join("");

function drawHome({ home, files, app }, writing) {
  const like = JSON.stringify(home);
  if (like === homeDrawn) return;
  homeDrawn = like;
  if (!home) {
    at("home").replaceChildren(make("p", { className: "nothing" }, `${app} has nothing here yet.`));
    return;
  }
  const acting = (block, element, value, node) => press({ view: home.id }, block, element, value, node);
  acting.suggest = async (block, element, value) => (
    await act("suggest", { as, view: home.id, block: block.block_id, action: element.action_id, value })).options;
  at("home").replaceChildren(...new Blocks(writing, files, acting).draw(home.blocks, home.state.values));
}

async function press(where, block, element, value, node) {
  if (!await sure(element.confirm)) return;
  node.classList.add("busy");
  try {
    await act("press", { as, ...where, block: block.block_id, action: element.action_id, value });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  } finally { node.classList.remove("busy"); }
}

// The tabs

function open(name) {
  for (const each of ["messages", "home"]) {
    at(each).hidden = each !== name;
    at(`tab-${each}`).setAttribute("aria-selected", String(each === name));
    at(`tab-${each}`).tabIndex = each === name ? 0 : -1;
  }
  if (name === "home") act("home", { as }).catch(() => {});
}

for (const name of ["messages", "home"]) {
  at(`tab-${name}`).addEventListener("click", () => open(name));
  at(`tab-${name}`).addEventListener("keydown", (event) => {
    if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    const other = name === "home" ? "messages" : "home";
    open(other);
    at(`tab-${other}`).focus();
  });
}

// The message box

async function send(text) {
  const told = { as, channel };
  try {
    if (text.startsWith("/")) await act("command", { ...told, line: text });
    else await act("say", { ...told, text });
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
  try { show(await look({ as, channel })); } catch (error) { complain(error.message); }
}

async function listen() {
  await refresh();
  for (;;) {
    const asked = channel;
    try {
      const next = await look({ as, channel: asked, seen: screen?.seen ?? 0 });
      if (asked === channel) show(next);
    } catch {
      await new Promise((resume) => { setTimeout(resume, 2000); });
    }
  }
}

listen();
