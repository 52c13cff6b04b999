// Keeps what is being typed on the server: <form data-autosave="/address/">.
//
// Sends every ten seconds, on leaving a field, and when the page is hidden; only if something changed. When
// the form is sent, what is not yet kept is kept first, and the page is not left if that fails. Nothing is
// stored in the browser. Says when it was saved, or that it was not, in [data-saved].
// The answer is JSON: {saved: "9:34 pm"} or {problem: "…"}: with 409 it was not kept, with 200 it need not be.

import { buttonOf, notTaken, patience, renewPage, sendAgain, whyNot } from "./sending.js";

const EVERY = 10_000;
const STILL_HERE = 30_000;
const PATIENCE = 15_000;
const kept = new WeakMap();
const queue = new WeakMap();
const heard = new WeakMap();

note();
document.addEventListener("waymark:shown", note);
for (const kind of ["focusout", "change"]) {
  document.addEventListener(kind, (event) => {
    const form = event.target.closest?.("form[data-autosave]");
    if (form) save(form);
  });
}
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") forms().forEach((form) => save(form, true));
});
setInterval(() => forms().forEach((form) => save(form).then(() => stillHere(form))), EVERY);

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const button = buttonOf(event);
  if (!form.matches("form[data-autosave]:not([data-send])") || button?.matches("[data-send]")) return;
  if (form.dataset.go || written(form) === kept.get(form)) {
    delete form.dataset.go;
    return;
  }
  event.preventDefault();
  if (await save(form)) {
    form.dataset.go = "yes";
    sendAgain(form, button);
  } else {
    notTaken(form, button, "NOT SAVED – keep this page open and try again.");
  }
});

// One after the other. Answers whether the server has it, or has said why it will not.
function save(form, leaving = false) {
  const next = (queue.get(form) ?? Promise.resolve()).then(() => saveNow(form, leaving));
  queue.set(form, next);
  return next;
}

async function saveNow(form, leaving) {
  const now = written(form);
  if (now === kept.get(form) || form.dataset.sending) return true;
  try {
    let answer = await post(form, leaving);
    let who = answer.status === 401 ? "out" : "same";
    if (answer.status === 403) {
      who = await renewPage();
      if (who === "same") answer = await post(form, leaving);
    }
    if (whyNot[who]) return say(whyNot[who], false);
    heard.set(form, Date.now());
    if (answer.status === 409) {
      const { problem, others } = await answer.json();
      company(others);
      return !say(problem, false);
    }
    if (!answer.ok) return say("Not saved – keep this page open.", false);
    kept.set(form, now);
    const { saved, others, problem } = await answer.json();
    company(others);
    if (problem) return !say(problem, false);
    return say(`✓ Saved ${saved}`, true);
  } catch {
    return say("Not saved – keep this page open. It is tried again every ten seconds.", false);
  }
}

// Says that the page is still open, so that the others see who is here. Silence is no failure.
async function stillHere(form) {
  if (document.hidden || !form.elements.page || Date.now() - (heard.get(form) ?? 0) < STILL_HERE) return;
  heard.set(form, Date.now());
  const only = new FormData();
  for (const name of ["csrfmiddlewaretoken", "page"]) only.set(name, form.elements[name].value);
  try {
    const answer = await post(form, false, only);
    if (answer.ok) company((await answer.json()).others);
  } catch {
    heard.delete(form);
  }
}

function company(others) {
  const place = document.querySelector("[data-others]");
  if (place && others !== undefined) place.textContent = others;
}

function post(form, leaving, data = new FormData(form)) {
  return fetch(form.dataset.autosave, {
    method: "POST",
    body: new URLSearchParams(data),
    headers: { Accept: "application/json" },
    redirect: "manual",
    keepalive: leaving,
    signal: patience(PATIENCE),
  });
}

function say(words, saved) {
  const status = document.querySelector("[data-saved]");
  if (status) status.textContent = words;
  status?.classList.toggle("wm-saved--not", !saved);
  return saved;
}

function note() {
  for (const form of forms()) kept.set(form, written(form));
}

function forms() {
  return [...document.querySelectorAll("form[data-autosave]")];
}

function written(form) {
  const fields = new URLSearchParams(new FormData(form));
  fields.delete("csrfmiddlewaretoken");
  return fields.toString();
}
