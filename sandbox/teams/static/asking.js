// Talks to /_/teams. A mistake is shown, and thrown as Refused.

export class Refused extends Error {}

const trouble = document.getElementById("trouble");
let fading;

export function complain(sentence) {
  trouble.textContent = sentence;
  trouble.hidden = false;
  clearTimeout(fading);
  fading = setTimeout(() => { trouble.hidden = true; }, 6000);
}

export async function look(query) {
  const answer = await fetch(`/_/teams/screen?${new URLSearchParams(query)}`);
  const read = await answer.json();
  if (!answer.ok) throw new Refused(read.error);
  return read;
}

export async function act(deed, told, { quietly = false } = {}) {
  const answer = await fetch(`/_/teams/${deed}`, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(told),
  });
  const read = await answer.json();
  if (answer.ok) return read;
  if (!quietly) complain(read.error);
  throw new Refused(read.error);
}
