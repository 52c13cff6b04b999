// Saves on the server what is being typed: <form data-autosave="/address/">.
//
// Saves every ten seconds, on leaving a field, and when the page is hidden; only if something changed. When the form
// is sent, it is saved first, and the page stays open if that fails. Nothing is stored in the browser. [data-saved]
// says when it was saved, or that it was not.
// The answer is JSON: {saved: "9:34 pm"} or {problem: "…"}. With 409 it was not saved; with 200 it need not be.

import { abortAfter, buttonOf, reasons, renewPage, sendAgain, showNotTaken } from "./sending.js";

const EVERY = 10_000;
const STILL_HERE = 30_000;
const PATIENCE = 15_000;
const savedFields = new WeakMap();
const lastSave = new WeakMap();
const lastAnswerAt = new WeakMap();

rememberSaved();
document.addEventListener("waymark:shown", rememberSaved);
for (const kind of ["focusout", "change"]) {
  document.addEventListener(kind, (event) => {
    const form = event.target.closest?.("form[data-autosave]");
    if (form) save(form);
  });
}
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") forms().forEach((form) => save(form, true));
});
setInterval(() => forms().forEach((form) => save(form).then(() => sayStillHere(form))), EVERY);

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const button = buttonOf(event);
  if (!form.matches("form[data-autosave]:not([data-send])") || button?.matches("[data-send]")) return;
  if (form.dataset.go || fieldsIn(form) === savedFields.get(form)) {
    delete form.dataset.go;
    return;
  }
  event.preventDefault();
  if (await save(form)) {
    form.dataset.go = "yes";
    sendAgain(form, button);
  } else {
    showNotTaken(form, button, "NOT SAVED – keep this page open and try again.");
  }
});

// Saves a form, after the save before it has ended. Gives true if the server saved it or said why it will not.
function save(form, leaving = false) {
  const next = (lastSave.get(form) ?? Promise.resolve()).then(() => saveNow(form, leaving));
  lastSave.set(form, next);
  return next;
}

async function saveNow(form, leaving) {
  const now = fieldsIn(form);
  if (now === savedFields.get(form) || form.dataset.sending) return true;
  try {
    let answer = await postForm(form, leaving);
    let who = answer.status === 401 ? "out" : "same";
    if (answer.status === 403) {
      who = await renewPage();
      if (who === "same") answer = await postForm(form, leaving);
    }
    if (reasons[who]) return showStatus(reasons[who], false);
    lastAnswerAt.set(form, Date.now());
    if (answer.status === 409) {
      const { problem, others } = await answer.json();
      showOthers(others);
      return !showStatus(problem, false);
    }
    if (!answer.ok) return showStatus("Not saved – keep this page open.", false);
    savedFields.set(form, now);
    const { saved, others, problem } = await answer.json();
    showOthers(others);
    if (problem) return !showStatus(problem, false);
    return showStatus(`✓ Saved ${saved}`, true);
  } catch {
    return showStatus("Not saved – keep this page open. It is tried again every ten seconds.", false);
  }
}

// Tells the server that the page is still open, so that others see who is writing. No answer is not an error.
async function sayStillHere(form) {
  if (document.hidden || !form.elements.page || Date.now() - (lastAnswerAt.get(form) ?? 0) < STILL_HERE) return;
  lastAnswerAt.set(form, Date.now());
  const only = new FormData();
  for (const name of ["csrfmiddlewaretoken", "page"]) only.set(name, form.elements[name].value);
  try {
    const answer = await postForm(form, false, only);
    if (answer.ok) showOthers((await answer.json()).others);
  } catch {
    lastAnswerAt.delete(form);
  }
}

function showOthers(others) {
  const place = document.querySelector("[data-others]");
  if (place && others !== undefined) place.textContent = others;
}

function postForm(form, leaving, data = new FormData(form)) {
  return fetch(form.dataset.autosave, {
    method: "POST",
    body: new URLSearchParams(data),
    headers: { Accept: "application/json" },
    redirect: "manual",
    keepalive: leaving,
    signal: abortAfter(PATIENCE),
  });
}

function showStatus(words, saved) {
  const status = document.querySelector("[data-saved]");
  if (status) status.textContent = words;
  status?.classList.toggle("wm-saved--not", !saved);
  return saved;
}

function rememberSaved() {
  for (const form of forms()) savedFields.set(form, fieldsIn(form));
}

function forms() {
  return [...document.querySelectorAll("form[data-autosave]")];
}

function fieldsIn(form) {
  const fields = new URLSearchParams(new FormData(form));
  fields.delete("csrfmiddlewaretoken");
  return fields.toString();
}
