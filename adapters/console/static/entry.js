// One calendar entry, opened: what its owner sees of it, and what the owner may do with it.

import { Refused, post } from "./asking.js";

const MINUTE = 60_000;
const find = (id) => document.getElementById(id);

export class EventDialog {
  constructor(onChange) {
    this.onChange = onChange;
    this.dialog = find("event");
    find("event-do-move").addEventListener("click", () => {
      const start = new Date(find("event-start").value);
      const length = Date.parse(this.event.end) - Date.parse(this.event.start);
      if (Number.isNaN(start.getTime())) return;
      this.do("move", { start: start.toISOString(), end: new Date(start.getTime() + length).toISOString() });
    });
    find("event-decline").addEventListener("click", () => this.do("decline"));
    find("event-delete").addEventListener("click", () => this.do("delete"));
  }

  open(event, person) {
    this.event = event;
    this.person = person;
    const organizes = event.organizer === person.email;
    const invited = event.attendees.some(({ email }) => email === person.email) && !organizes;
    find("event-title").textContent = event.title;
    find("event-facts").textContent = facts(event, person);
    const link = find("event-link");
    link.replaceChildren();
    if (event.conference?.url) {
      const anchor = document.createElement("a");
      Object.assign(anchor, { href: event.conference.url, textContent: event.conference.url, rel: "noopener noreferrer", target: "_blank" });
      link.append(anchor);
    } else if (event.conference) {
      link.textContent = `${event.conference.kind} link: ${event.conference.state}`;
    }
    find("event-move").hidden = !organizes || event.all_day;
    find("event-decline").hidden = !invited;
    if (!event.all_day) {
      const start = new Date(event.start);
      find("event-start").value = new Date(start.getTime() - start.getTimezoneOffset() * MINUTE).toISOString().slice(0, 16);
    }
    this.dialog.showModal();
  }

  async do(deed, fields = {}) {
    try {
      await post(`/_/${deed}`, { mailbox: this.person.email, id: this.event.id, ...fields });
      this.dialog.close();
      this.onChange();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
  }
}

function facts(event, person) {
  const options = { timeZone: person.zone, weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" };
  const start = event.all_day ? event.start : new Date(event.start).toLocaleString("en-GB", options);
  const end = event.all_day ? event.end : new Date(event.end).toLocaleTimeString("en-GB", { timeZone: person.zone, hour: "2-digit", minute: "2-digit" });
  const zone = person.zone.split("/").pop().replaceAll("_", " ");
  const lines = [`${start} to ${end}${event.all_day ? ", all day" : ` (${zone})`}`, `In ${person.name}’s calendar, shown as ${event.shows}`];
  if (event.attendees.length) {
    lines.push(`Organizer: ${event.organizer}`);
    for (const { email, response } of event.attendees) lines.push(`${email}: ${response}`);
  }
  return lines.join("\n");
}
