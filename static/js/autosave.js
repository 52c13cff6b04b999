// Keeps what is being typed on the server: <form data-autosave="/address/">.
//
// Sends every ten seconds, on leaving a field, and when the page is hidden; only if something changed.
// Nothing is stored in the browser. Says when it was saved, or that it was not, in [data-saved] or
// [data-autosave-status]. The answer is JSON: {saved: "9:34 pm"} or, with 409, {problem: "…"} or {message: "…"}.

const EVERY = 10_000;

for (const form of document.querySelectorAll("form[data-autosave]")) {
  const status = document.querySelector("[data-saved], [data-autosave-status]");
  let sent = snapshot(form);
  let busy = false;

  const say = (words, failed) => {
    if (!status) return;
    status.textContent = words;
    status.classList.toggle("wm-saved--not", failed);
  };

  const save = async (hiding) => {
    const now = snapshot(form);
    if (busy || now === sent || form.dataset.sending) return;
    busy = true;
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST",
        body: new URLSearchParams(new FormData(form)),
        headers: { Accept: "application/json" },
        redirect: "manual",
        keepalive: Boolean(hiding),
      });
      if (answer.type === "opaqueredirect") {
        say("You were signed out. Keep this page open, sign in again in a new tab, then carry on here.", true);
      } else if (answer.status === 409 || answer.status === 422) {
        const told = await answer.json();
        say(told.problem || told.message || "Not saved – keep this page open.", true);
      } else if (answer.ok) {
        const told = await answer.json();
        sent = now;
        say(`✓ Saved ${told.saved}`, false);
      } else {
        say("Not saved – keep this page open.", true);
      }
    } catch {
      say("Not saved – keep this page open. It is tried again every ten seconds.", true);
    } finally {
      busy = false;
    }
  };

  form.addEventListener("focusout", () => save());
  form.addEventListener("change", () => save());
  setInterval(() => save(), EVERY);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save(true);
  });
}

function snapshot(form) {
  return new URLSearchParams(new FormData(form)).toString();
}
