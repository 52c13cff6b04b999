// One tap hides the screen; another shows it. A page brought back by the back button is asked for again.

for (const button of document.querySelectorAll("[data-pocket]")) {
  button.hidden = false;
  button.addEventListener("click", () => hide(button));
}

function hide(button) {
  const behind = [...document.body.children];
  const cover = document.createElement("button");
  cover.type = "button";
  cover.className = "wm-hidden-screen";
  cover.textContent = "Tap to go on";
  cover.addEventListener("click", () => {
    for (const part of behind) globalThis.outOfReach(part, false);
    cover.remove();
    button.focus();
  });
  for (const part of behind) globalThis.outOfReach(part, true);
  document.body.append(cover);
  cover.focus();
}

addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
