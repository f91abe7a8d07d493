// The world's clock: it runs on from what the sandbox last said, and jumps when asked.

import { post } from "./asking.js";

let ahead = 0; // milliseconds before the world, of this machine's clock

export const now = () => new Date(Date.now() + ahead);

export function setNow(instant) {
  ahead = new Date(instant).getTime() - Date.now();
}

export async function jump(seconds) {
  const answer = await post("/_/clock", { jump_seconds: Math.max(1, Math.round(seconds)) });
  setNow(answer.now);
}

export function clockIn(zone) {
  return now().toLocaleTimeString("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" });
}

export function drawClock(element) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const shown = now();
  element.dateTime = shown.toISOString();
  element.textContent = `${shown.toLocaleString("en-GB", {
    weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit",
  })} (${zone.split("/").pop().replaceAll("_", " ")})`;
}
