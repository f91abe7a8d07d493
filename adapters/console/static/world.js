// The two calendars as their owners see them, a week at a time: drawn, moved in, and made to fail.

import { get, post } from "./asking.js";
import { element } from "./chat.js";
import { now } from "./clock.js";
import { EventDialog } from "./entry.js";

const HOUR_PIXELS = 30;
const MINUTE = 60_000;
const SHOWN = [2, 19]; // hours of the first person's day
const SUITES = { google: "Google", microsoft: "Outlook" };
const REMINDERS = [24 * 60, 15]; // minutes before a session

export class World {
  constructor(people, onDrawn) {
    this.people = people;
    this.onDrawn = onDrawn;
    this.offset = 0;
    this.nextReminder = null;
    this.failing = new Map();
    this.week = document.getElementById("week");
    this.dialog = new EventDialog(() => this.refresh());
    const buttons = { "week-before": -1, "week-after": 1, "week-now": 0 };
    for (const [id, step] of Object.entries(buttons)) {
      document.getElementById(id).addEventListener("click", () => {
        this.offset = step ? this.offset + step : 0;
        this.refresh();
      });
    }
  }

  async refresh() {
    const people = this.people();
    const query = people.map(({ email }) => `mailbox=${encodeURIComponent(email)}`).join("&");
    const [world, faults, log] = await Promise.all([
      get(`/_/world?${query}`, { quiet: true }), get("/_/faults", { quiet: true }), get("/_/log", { quiet: true }),
    ]);
    this.failing = new Map(faults.faults.filter((fault) => fault.mailbox).map((fault) => [fault.mailbox, fault.id]));
    this.nextReminder = nextReminder(world);
    this.onDrawn(world.now);
    this.drawOwners(people, world);
    this.drawCalls(log.calls);
    const drawn = JSON.stringify([people, world.mailboxes, this.offset, now().toISOString().slice(0, 15)]);
    if (drawn !== this.drawn) { this.drawn = drawn; this.drawWeek(people, world); }
  }

  drawOwners(people, world) {
    const owners = document.getElementById("owners");
    const drawn = JSON.stringify([people, [...this.failing.keys()], Object.keys(world.mailboxes)]);
    if (owners.dataset.drawn === drawn) return;
    owners.dataset.drawn = drawn;
    owners.replaceChildren(...people.map((person) => {
      const mailbox = world.mailboxes[person.email];
      const row = element("div", [element("span", [], "swatch"), element("span", [`${person.name}, ${mailbox ? SUITES[mailbox.suite] : "no calendar"}`])], `owner ${mailbox?.suite ?? ""}`);
      if (mailbox) row.append(this.failButton(person, mailbox));
      return row;
    }));
  }

  failButton(person, mailbox) {
    const failing = this.failing.get(person.email);
    const button = element("button", [failing === undefined ? `Let ${SUITES[mailbox.suite]} fail` : `${SUITES[mailbox.suite]} fails: let it answer`]);
    button.type = "button";
    button.setAttribute("aria-pressed", String(failing !== undefined));
    button.addEventListener("click", async () => {
      if (failing === undefined) await post("/_/faults", { kind: "status", status: 503, mailbox: person.email, times: 0 });
      else await post("/_/faults/clear", { id: failing });
      await this.refresh();
      document.querySelector(`#owners .owner:nth-child(${this.people().findIndex(({ email }) => email === person.email) + 1}) button`)?.focus();
    });
    return button;
  }

  drawWeek(people, world) {
    const [zone, other] = people.map(({ zone }) => zone);
    const monday = mondayOf(wall(now(), zone), this.offset);
    const head = element("div", [city(zone), element("br"), zone === other ? "" : city(other)], "corner");
    const columns = [0, 1, 2, 3, 4].map((each) => new Date(monday.getTime() + each * 24 * 60 * MINUTE));
    const today = wall(now(), zone).toISOString().slice(0, 10);
    const days = columns.map((day) => {
      const name = day.toLocaleDateString("en-GB", { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });
      return element("div", [name], `day-name ${day.toISOString().startsWith(today) ? "today" : ""}`);
    });
    const focused = document.activeElement?.dataset?.event;
    this.week.replaceChildren(head, ...days, hours(zone, other, columns[0]), ...columns.map((day) => this.day(day, people, world)));
    this.week.setAttribute("aria-label", `Week of ${days[0].textContent}, ${city(zone)} time`);
    if (focused) this.week.querySelector(`[data-event="${CSS.escape(focused)}"]`)?.focus();
  }

  day(day, people, world) {
    const zone = people[0].zone;
    const from = instantOf(day, SHOWN[0] * 60, zone);
    const until = instantOf(day, SHOWN[1] * 60, zone);
    const lanes = people.map((person) => {
      const mailbox = world.mailboxes[person.email];
      const lane = element("div", [], `lane ${mailbox?.suite ?? ""}`);
      lane.append(...working(person, from, until), ...hourLines());
      for (const event of mailbox?.events ?? []) {
        const [start, end] = bounds(event, mailbox.time_zone);
        if (start < until && from < end) lane.append(this.entry(event, person, Math.max(start, from), Math.min(end, until), from));
      }
      return lane;
    });
    const column = element("div", lanes, "day");
    column.style.height = `${(SHOWN[1] - SHOWN[0]) * HOUR_PIXELS}px`;
    const present = now().getTime();
    if (present >= from && present < until) {
      const line = element("div", [], "now-line");
      line.style.top = pixels(present - from);
      column.append(line);
    }
    return column;
  }

  entry(event, person, start, end, from) {
    const session = event.attendees.length > 0;
    const how = [session && "session", event.shows === "tentative" && "unanswered", event.busy || "transparent", end - start < 40 * MINUTE && "short", end - start <= 60 * MINUTE && "one-line"];
    const button = element("button", [element("span", [event.title])], `entry ${how.filter((each) => typeof each === "string").join(" ")}`);
    button.type = "button";
    button.dataset.event = `${person.email} ${event.id}`;
    button.style.top = pixels(start - from);
    button.style.height = `${Math.max(12, ((end - start) / MINUTE / 60) * HOUR_PIXELS - 2)}px`;
    const times = event.all_day ? "all day" : `${time(event.start, person.zone)} to ${time(event.end, person.zone)} ${city(person.zone)}`;
    button.setAttribute("aria-label", `${person.name}: ${event.title}, ${times}`);
    button.title = `${event.title}, ${times}`;
    button.addEventListener("click", () => this.dialog.open(event, person));
    return button;
  }

  drawCalls(calls) {
    document.getElementById("calls").replaceChildren(...calls.slice(-12).reverse().map((call) => element("li", [
      element("span", [call.at.slice(11, 19)]),
      element("span", [call.vendor]),
      element("span", [call.operation]),
      element("span", [call.mailbox ?? ""]),
      element("span", [call.status === null ? "…" : call.status || "none"], call.status >= 200 && call.status < 300 ? "" : "bad"),
    ])));
  }
}

// Wall clocks. A wall time is kept as the UTC date that reads the same.

function wall(instant, zone) {
  const parts = Object.fromEntries(new Intl.DateTimeFormat("en-GB", {
    timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit",
  }).formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  return new Date(Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour % 24, parts.minute, parts.second));
}

function instantOf(day, minutes, zone) {
  const read = day.getTime() + minutes * MINUTE;
  let instant = read;
  for (let round = 0; round < 2; round += 1) instant += read - wall(new Date(instant), zone).getTime();
  return instant;
}

function mondayOf(date, offset) {
  const weekday = (date.getUTCDay() + 6) % 7;
  const weeks = offset + (weekday > 4 ? 1 : 0); // at the weekend the week ahead is the one that counts
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() - weekday + weeks * 7));
}

function bounds(event, zone) {
  if (!event.all_day) return [Date.parse(event.start), Date.parse(event.end)];
  return [event.start, event.end].map((day) => instantOf(new Date(`${day}T00:00:00Z`), 0, zone));
}

function nextReminder(world) {
  const due = Object.values(world.mailboxes).flatMap(({ events }) => events)
    .filter((event) => event.attendees.length > 0 && event.conference)
    .flatMap((event) => REMINDERS.map((minutes) => Date.parse(event.start) - minutes * MINUTE))
    .filter((instant) => instant > Date.parse(world.now));
  return due.length ? Math.min(...due) : null;
}

const city = (zone) => zone.split("/").pop().replaceAll("_", " ");
const pixels = (milliseconds) => `${(milliseconds / MINUTE / 60) * HOUR_PIXELS}px`;
const time = (instant, zone) => new Date(instant).toLocaleTimeString("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" });

function hours(zone, other, day) {
  const gutter = element("div", [], "hours");
  for (let hour = SHOWN[0] + 1; hour < SHOWN[1]; hour += 1) {
    const instant = new Date(instantOf(day, hour * 60, zone));
    const label = element("span", [time(instant, zone).slice(0, 2), element("i", [zone === other ? "" : time(instant, other).slice(0, 2)])]);
    label.style.top = `${(hour - SHOWN[0]) * HOUR_PIXELS}px`;
    gutter.append(label);
  }
  return gutter;
}

function hourLines() {
  return Array.from({ length: SHOWN[1] - SHOWN[0] - 1 }, (_, at) => {
    const line = element("div", [], "hour-line");
    line.style.top = `${(at + 1) * HOUR_PIXELS}px`;
    return line;
  });
}

function working(person, from, until) {
  const drawn = [];
  for (const days of [-1, 0, 1]) {
    const day = wall(new Date(from + days * 24 * 60 * MINUTE), person.zone);
    if ([0, 6].includes(day.getUTCDay())) continue;
    const midnight = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate()));
    const start = Math.max(from, instantOf(midnight, 9 * 60, person.zone));
    const end = Math.min(until, instantOf(midnight, 17 * 60, person.zone));
    if (start >= end) continue;
    const stretch = element("div", [], "working");
    stretch.style.top = pixels(start - from);
    stretch.style.height = pixels(end - start);
    drawn.push(stretch);
  }
  return drawn;
}
