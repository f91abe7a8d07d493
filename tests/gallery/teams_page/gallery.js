// Draws cards as the sandbox's Teams does: with its own Card and Markdown, without anybody behind it.

import { Card } from "/teams/static/cards.js";
import { make } from "/teams/static/making.js";
import { Markdown } from "/teams/static/markdown.js";

const writing = new Markdown({ zone: "Europe/Berlin", locale: "en-GB" });
const acting = () => {};
acting.suggest = async () => [];

window.draw = (name, card) => {
  const shown = new Card(card, writing, acting).node;
  document.getElementById("samples").append(make("section", { className: "sample", id: name }, make("h2", {}, name), shown));
};
