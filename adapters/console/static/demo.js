// The demo page: three chats, the two calendars they are about, and the clock. Joins the parts; each has its own file.

import { get } from "./asking.js";
import { Chat } from "./chat.js";
import { drawClock, jump, now, setNow } from "./clock.js";
import { switchable } from "./in-chat.js";
import { World } from "./world.js";

const tabs = [...document.querySelectorAll("[role=tab]")];
const unread = tabs.map(() => 0);
const chats = [...document.querySelectorAll(".pane")].map((pane, at) => new Chat(pane, {
  onReply: () => world.refresh(),
  onPush: (count) => { if (!pane.classList.contains("shown")) note(at, unread[at] + count); world.refresh(); },
  onPerson: () => { tabs[at].querySelector(".tab-name").textContent = chats[at].person.name.split(" ")[0]; world.refresh(); },
}));
const world = new World(() => chats.slice(0, 2).map((chat) => chat.person), drawn);

chats.forEach(switchable);

function note(at, count) {
  unread[at] = count;
  const badge = tabs[at].querySelector(".unread");
  badge.textContent = count;
  badge.hidden = count === 0;
}

function show(at) {
  tabs.forEach((tab, each) => {
    tab.setAttribute("aria-selected", String(each === at));
    tab.tabIndex = each === at ? 0 : -1;
    chats[each].pane.classList.toggle("shown", each === at);
  });
  note(at, 0);
  chats[at].log.scrollTop = chats[at].log.scrollHeight;
}

tabs.forEach((tab, at) => {
  tab.addEventListener("click", () => show(at));
  tab.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = (at + step + tabs.length) % tabs.length;
    show(next);
    tabs[next].focus();
  });
});

// The clock

const reminder = document.getElementById("to-reminder");
for (const button of document.querySelectorAll("[data-jump]")) {
  button.addEventListener("click", () => jump(Number(button.dataset.jump)).then(ticked));
}
reminder.addEventListener("click", () => jump((world.nextReminder - now()) / 1000 + 2).then(ticked));

function ticked() {
  drawClock(document.getElementById("now"));
  for (const chat of chats) chat.tick();
  world.refresh();
}

function drawn(instant) {
  setNow(instant);
  reminder.disabled = world.nextReminder === null;
  drawClock(document.getElementById("now"));
}

setInterval(() => { drawClock(document.getElementById("now")); for (const chat of chats) chat.tick(); }, 10_000);

// What is pushed arrives by itself: one request waits on the server until there is something for anybody.

async function listen() {
  let changes = -1;
  for (;;) {
    try {
      ({ changes } = await get(`/console/changes?after=${changes}`, { quiet: true }));
      await Promise.all(chats.map((chat) => chat.receive()));
    } catch {
      await new Promise((resume) => { setTimeout(resume, 2000); });
    }
  }
}

world.refresh().then(ticked);
setInterval(() => { if (!document.hidden) world.refresh(); }, 5000);
listen();
