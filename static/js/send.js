// Sends a form so that nothing typed is lost: <form data-send data-phone="01632 960 123">.
//
// One tap is one sending. If it fails, or takes fifteen seconds, the page says NOT SENT with a number
// to telephone, keeps every word, and lets it be tried again under the same key. Other forms only have
// their second tap ignored.

const PATIENCE = 15_000;

for (const form of document.querySelectorAll("form[data-send]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (form.dataset.sending) return;
    form.dataset.sending = "yes";
    const body = new URLSearchParams(new FormData(form));
    const giveUp = new AbortController();
    const timer = setTimeout(() => giveUp.abort(), PATIENCE);
    try {
      const answer = await fetch(form.action || location.href, { method: "POST", body, signal: giveUp.signal });
      if (answer.status >= 500) throw new Error("not stored");
      if (answer.redirected && answer.ok && !answer.url.includes("/login")) {
        location.assign(answer.url);
        return;
      }
      if (answer.redirected) {
        notSent(form, "You were signed out. Sign in again in a new tab, then press the button here once more.");
        return;
      }
      show(await answer.text());
    } catch {
      notSent(form, "");
    } finally {
      clearTimeout(timer);
    }
  });
}

function notSent(form, why) {
  delete form.dataset.sending;
  let notice = form.querySelector("[data-not-sent]");
  if (!notice) {
    notice = document.createElement("div");
    notice.className = "wm-not-sent";
    notice.dataset.notSent = "";
    notice.setAttribute("role", "alert");
    form.querySelector("button[type=submit]").before(notice);
  }
  notice.textContent = `NOT SENT – ${why || `telephone ${form.dataset.phone}, or try again.`} Your words are still here.`;
  form.querySelector("button[type=submit]").textContent = "Try again";
  notice.scrollIntoView({ block: "center" });
}

// The form came back with something to put right: show that page in this one's place.
function show(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  const main = document.querySelector("main");
  const next = fresh.querySelector("main");
  if (!next) {
    location.reload();
    return;
  }
  document.title = fresh.title;
  const form = document.querySelector("form[data-send]");
  const errors = next.querySelector(".govuk-error-summary");
  const nextForm = next.querySelector("form[data-send]");
  if (form && nextForm) {
    delete form.dataset.sending;
    form.replaceChildren(...nextForm.childNodes);
    (form.querySelector(".govuk-error-summary") || errors)?.focus();
  } else {
    main.replaceChildren(...next.childNodes);
  }
}

for (const form of document.querySelectorAll("form[method=post]:not([data-send])")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sending) event.preventDefault();
    form.dataset.sending = "yes";
    setTimeout(() => delete form.dataset.sending, 3000);
  });
}

document.querySelector("[data-focus]")?.focus();
