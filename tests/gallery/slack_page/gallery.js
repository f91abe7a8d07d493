// Draws blocks as the sandbox's Slack does: with its own Blocks and Writing, without anybody behind it.

import { Blocks } from "/slack/static/blocks.js";
import { make } from "/slack/static/making.js";
import { Writing } from "/slack/static/writing.js";

const writing = new Writing({
  names: {}, me: { zone: "America/New_York", locale: "en-GB" }, now: "2026-11-22T16:02:00Z",
});
const button = (text, kind = "") => make("span", { className: `button ${kind}` }, text.text);

window.draw = (name, view) => {
  const shown = make("div", { className: "shown" },
    view.title ? make("header", {}, view.title.text) : null,
    ...new Blocks(writing, {}, () => {}).draw(view.blocks),
    view.close ? make("footer", {}, button(view.close), view.submit ? button(view.submit, "primary") : null) : null);
  const sample = make("section", { className: "sample", id: name }, make("h2", {}, name), shown);
  document.getElementById("samples").append(sample);
};
