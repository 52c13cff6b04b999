// Locks the screen of somebody who has done nothing for a while. It warns two minutes before; one tap stays signed in.
//
// Typing and tapping count as doing something. A locked page never reloads itself: that would count too, and two tabs
// would keep each other signed in for ever. What was written stays underneath; without it, the page is emptied.

import { reasons, renewPage, setOutOfReach } from "./sending.js";

const { idleSeconds, warningSeconds, keepUrl } = document.body.dataset;
const GRAIN = 60;
let last = Date.now();
let touched = false;
let dialog = null;
let locked = false;

if (keepUrl && Number(idleSeconds) > 0) {
  for (const kind of ["input", "keydown", "pointerdown"]) {
    addEventListener(kind, () => (touched = true), { capture: true, passive: true });
  }
  setInterval(checkIdle, 5000);
}

function checkIdle() {
  if (locked) return;
  const idle = (Date.now() - last) / 1000;
  if (idle >= Number(idleSeconds)) lock();
  else if (touched && !dialog && idle > GRAIN) staySignedIn();
  else if (idle >= idleSeconds - warningSeconds && !dialog) {
    const warning = "You will be signed out in two minutes, to keep this safe.";
    showDialog("You will be signed out soon", warning, "Stay signed in", staySignedIn);
  }
}

async function staySignedIn() {
  try {
    let answer = await postStay();
    if (answer.status === 403 && (await renewPage()) === "same") answer = await postStay();
    if (answer.status === 401) lock();
    if (!answer.ok) return;
    last = Date.now();
    touched = false;
    removeDialog();
  } catch {
    // The server was not reached. The next check tries again, and the warning stays.
  }
}

function postStay() {
  const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
  return fetch(keepUrl, { method: "POST", headers: { "X-CSRFToken": token }, redirect: "manual" });
}

function lock() {
  locked = true;
  const written = hasUnsentWords();
  if (!written) document.querySelector("main").replaceChildren();
  for (const menu of document.querySelectorAll("details.wm-menu")) menu.open = false;
  const note = written ? " What you wrote is kept underneath. It has not been sent." : "";
  showDialog("This screen is locked", `Nothing happened here for a while.${note}`, "Go on", () => unlock(written));
}

async function unlock(written) {
  if (!written) return location.reload();
  const who = await renewPage();
  if (who !== "same") {
    dialog.querySelector("p").textContent = reasons[who] || "There is no answer. Try again in a minute.";
    return;
  }
  locked = false;
  await staySignedIn();
}

// Whether something in a form differs from what the server sent.
function hasUnsentWords() {
  return [...document.querySelectorAll("main textarea, main input:not([type=hidden])")].some((field) =>
    ["radio", "checkbox"].includes(field.type) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue,
  );
}

function showDialog(title, words, act, then) {
  removeDialog();
  dialog = document.createElement("div");
  dialog.className = locked ? "wm-stay wm-stay--locked" : "wm-stay";
  dialog.setAttribute("role", "alertdialog");
  dialog.setAttribute("aria-label", title);
  const heading = document.createElement("h2");
  heading.className = "govuk-heading-m";
  heading.textContent = title;
  const text = document.createElement("p");
  text.textContent = words;
  const button = document.createElement("button");
  button.className = "govuk-button";
  button.type = "button";
  button.textContent = act;
  button.addEventListener("click", then);
  dialog.append(heading, text, button);
  for (const part of locked ? document.querySelectorAll(".wm-header, .wm-page") : []) setOutOfReach(part, true);
  document.body.append(dialog);
  button.focus();
}

function removeDialog() {
  dialog?.remove();
  dialog = null;
  for (const part of document.querySelectorAll(".wm-header, .wm-page")) setOutOfReach(part, false);
}
