// Idle: warns two minutes before, lets one stay with a tap, then locks the screen.
//
// Typing and tapping count as being there. A locked page never reloads itself, which would count as being
// there too, and two tabs would keep each other signed in for ever. What was written is kept under the lock;
// where nothing was, the page's content is taken away.

import { outOfReach, renewPage, whyNot } from "./sending.js";

const { idleSeconds, warningSeconds, keepUrl } = document.body.dataset;
const GRAIN = 60;
let last = Date.now();
let touched = false;
let shown = null;
let locked = false;

if (keepUrl && Number(idleSeconds) > 0) {
  for (const kind of ["input", "keydown", "pointerdown"]) {
    addEventListener(kind, () => (touched = true), { capture: true, passive: true });
  }
  setInterval(look, 5000);
}

function look() {
  if (locked) return;
  const idle = (Date.now() - last) / 1000;
  if (idle >= Number(idleSeconds)) lock();
  else if (touched && !shown && idle > GRAIN) stay();
  else if (idle >= idleSeconds - warningSeconds && !shown) {
    say("You will be signed out soon", "You will be signed out in two minutes, to keep this safe.", "Stay signed in", stay);
  }
}

async function stay() {
  try {
    let answer = await post();
    if (answer.status === 403 && (await renewPage()) === "same") answer = await post();
    if (answer.status === 401) lock();
    if (!answer.ok) return;
    last = Date.now();
    touched = false;
    clear();
  } catch {
    // Not reached: the next look tries again, and the warning stays.
  }
}

function post() {
  const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
  return fetch(keepUrl, { method: "POST", headers: { "X-CSRFToken": token }, redirect: "manual" });
}

function lock() {
  locked = true;
  const written = isWritten();
  if (!written) document.querySelector("main").replaceChildren();
  for (const menu of document.querySelectorAll("details.wm-menu")) menu.open = false;
  const kept = written ? " What you wrote is kept underneath. It has not been sent." : "";
  say("This screen is locked", `Nothing happened here for a while.${kept}`, "Go on", () => goOn(written));
}

async function goOn(written) {
  if (!written) return location.reload();
  const who = await renewPage();
  if (who !== "same") {
    shown.querySelector("p").textContent = whyNot[who] || "There is no answer. Try again in a minute.";
    return;
  }
  locked = false;
  await stay();
}

// Something in a form differs from what the server sent.
function isWritten() {
  return [...document.querySelectorAll("main textarea, main input:not([type=hidden])")].some((field) =>
    ["radio", "checkbox"].includes(field.type) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue,
  );
}

function say(title, words, act, then) {
  clear();
  shown = document.createElement("div");
  shown.className = locked ? "wm-stay wm-stay--locked" : "wm-stay";
  shown.setAttribute("role", "alertdialog");
  shown.setAttribute("aria-label", title);
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
  shown.append(heading, text, button);
  for (const part of locked ? document.querySelectorAll(".wm-header, .wm-page") : []) outOfReach(part, true);
  document.body.append(shown);
  button.focus();
}

function clear() {
  shown?.remove();
  shown = null;
  for (const part of document.querySelectorAll(".wm-header, .wm-page")) outOfReach(part, false);
}
