// The switch of a pane between somebody's Slack and the console. Whose pane it is decides whose Slack is shown.

export function switchable(chat) {
  const { pane } = chat;
  const frame = pane.querySelector(".slack");
  if (!frame) return;
  const buttons = [...pane.querySelectorAll("[data-where]")];
  for (const button of buttons) {
    button.addEventListener("click", () => {
      pane.classList.toggle("in-slack", button.dataset.where === "slack");
      for (const each of buttons) each.setAttribute("aria-pressed", String(each === button));
      chat.log.scrollTop = chat.log.scrollHeight;
    });
  }
  chat.select.addEventListener("change", () => {
    frame.src = `/slack/?as=${encodeURIComponent(chat.person.email)}`;
    frame.title = `${chat.person.name}’s Slack`;
  });
}
