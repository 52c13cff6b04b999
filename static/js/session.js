// Warns two minutes before an idle session ends, and lets one stay with a tap.

const { idleSeconds, warningSeconds, keepUrl } = document.body.dataset;
let last = Date.now();
let dialog = null;

if (keepUrl && Number(idleSeconds) > 0) {
  setInterval(look, 5000);
}

function look() {
  const left = Number(idleSeconds) - (Date.now() - last) / 1000;
  if (left <= Number(warningSeconds) && !dialog) warn();
  if (left <= 0) location.reload();
}

function warn() {
  dialog = document.createElement("div");
  dialog.className = "wm-stay";
  dialog.setAttribute("role", "alertdialog");
  dialog.setAttribute("aria-label", "You will be signed out soon");
  const words = document.createElement("p");
  words.textContent = "You will be signed out in two minutes, to keep this safe.";
  const button = document.createElement("button");
  button.className = "govuk-button";
  button.type = "button";
  button.textContent = "Stay signed in";
  button.addEventListener("click", stay);
  dialog.append(words, button);
  document.body.append(dialog);
  button.focus();
}

async function stay() {
  const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
  const answer = await fetch(keepUrl, { method: "POST", headers: { "X-CSRFToken": token }, redirect: "manual" });
  if (!answer.ok) return;
  last = Date.now();
  dialog.remove();
  dialog = null;
}
