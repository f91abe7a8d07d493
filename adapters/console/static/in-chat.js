// The switch of a pane between somebody's Slack or Teams and the console. Whose pane it is decides whose is shown.

export function switchable(chat) {
  const { pane } = chat;
  const frame = pane.querySelector(".played");
  if (!frame) return;
  const buttons = [...pane.querySelectorAll("[data-where]")];
  for (const button of buttons) {
    button.addEventListener("click", () => {
      pane.classList.toggle("in-chat", button.dataset.where === "chat");
      for (const each of buttons) each.setAttribute("aria-pressed", String(each === button));
      chat.log.scrollTop = chat.log.scrollHeight;
    });
  }
  chat.select.addEventListener("change", () => {
    frame.src = `/${frame.dataset.chat}/?as=${encodeURIComponent(chat.person.email)}`;
    frame.title = `${chat.person.name}’s ${frame.dataset.name}`;
  });
}
