// Draws replies as the demo's page does: with its own Chat, without anybody behind it.

import { Chat, element } from "/console/static/chat.js";

window.draw = (name, reply) => {
  const log = element("div", [], "log");
  const sample = element("section", [element("h2", [name]), log], "sample");
  sample.id = name;
  document.getElementById("samples").append(sample);
  Object.assign(Object.create(Chat.prototype), { log }).show(reply);
};
