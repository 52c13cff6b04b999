// Keeps what is being typed on the server: <form data-autosave="/address/">.
//
// Sends every ten seconds, on leaving a field, and when the page is hidden; only if something changed. When
// the form is sent, what is not yet kept is kept first, and the page is not left if that fails. Nothing is
// stored in the browser. Says when it was saved, or that it was not, in [data-saved].
// The answer is JSON: {saved: "9:34 pm"} or, with 409, {problem: "…"}.

const EVERY = 10_000;
const PATIENCE = 15_000;
const kept = new WeakMap();
const queue = new WeakMap();

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
setInterval(() => forms().forEach((form) => save(form)), EVERY);

document.addEventListener("submit", async (event) => {
  const { target: form, submitter: button } = event;
  if (!form.matches("form[data-autosave]:not([data-send])") || button?.matches("[data-send]")) return;
  if (form.dataset.go || written(form) === kept.get(form)) {
    delete form.dataset.go;
    return;
  }
  event.preventDefault();
  if (await save(form)) {
    form.dataset.go = "yes";
    form.requestSubmit(button);
  } else {
    globalThis.notTaken(form, button, "NOT SAVED – keep this page open and try again.");
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
    let who = answer.type === "opaqueredirect" || answer.status === 401 ? "out" : "same";
    if (answer.status === 403) {
      who = await globalThis.renewPage();
      if (who === "same") answer = await post(form, leaving);
    }
    if (globalThis.whyNot[who]) return say(globalThis.whyNot[who], false);
    if (answer.status === 409) return !say((await answer.json()).problem, false);
    if (!answer.ok) return say("Not saved – keep this page open.", false);
    kept.set(form, now);
    return say(`✓ Saved ${(await answer.json()).saved}`, true);
  } catch {
    return say("Not saved – keep this page open. It is tried again every ten seconds.", false);
  }
}

function post(form, leaving) {
  return fetch(form.dataset.autosave, {
    method: "POST",
    body: new URLSearchParams(new FormData(form)),
    headers: { Accept: "application/json" },
    redirect: "manual",
    keepalive: leaving,
    signal: AbortSignal.timeout(PATIENCE),
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
