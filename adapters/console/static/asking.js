// Asks the server; whatever goes wrong is shown as one sentence and thrown, so that callers simply stop.

const trouble = document.getElementById("trouble");
let hiding = 0;

export class Refused extends Error {}

export function showTrouble(sentence) {
  trouble.textContent = sentence;
  trouble.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => { trouble.hidden = true; }, 7000);
}

export async function get(path, { quiet = false } = {}) {
  return answered(() => fetch(path, { headers: { Accept: "application/json" } }), quiet);
}

export async function post(path, fields) {
  return answered(() => fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(fields),
  }), false);
}

async function answered(ask, quiet) {
  let response, answer;
  try {
    response = await ask();
    answer = await response.json();
  } catch {
    const sentence = "Pairtime does not answer. Is `pairtime demo` still running?";
    if (!quiet) showTrouble(sentence);
    throw new Refused(sentence);
  }
  if (!response.ok) {
    if (!quiet) showTrouble(answer.error);
    throw new Refused(answer.error);
  }
  return answer;
}
