// Functions that the scripts that send forms share.
//
// Only this file uses what a browser of the last four years may lack, and it looks first whether it is there. Where a
// script cannot send a form, the browser sends it.

// A signal that ends a request after so many milliseconds. Where the browser has no such signal, it waits longer.
export function abortAfter(milliseconds) {
  if (!window.AbortController) return undefined;
  const waiting = new AbortController();
  setTimeout(() => waiting.abort(), milliseconds);
  return waiting.signal;
}

// The button that a form was sent with. Older browsers do not say, so this remembers the last button pressed.
let pressed = null;
document.addEventListener("click", (event) => (pressed = event.target.closest?.("button") ?? null), true);
export function buttonOf(event) {
  if (event.submitter) return event.submitter;
  return pressed?.form === event.target ? pressed : event.target.querySelector("button[type=submit]");
}

// What a form sends: its fields, and the button that it was sent with.
export function fieldsOf(form, button) {
  const data = new FormData(form);
  if (button?.name) data.append(button.name, button.value);
  return data;
}

// Sends a form as if the button were pressed again.
export function sendAgain(form, button) {
  if (form.requestSubmit) form.requestSubmit(button);
  else (button ?? form.querySelector("button[type=submit]")).click();
}

// Takes a part of the page that is behind a cover out of reach of the keyboard and of screen readers, or gives it back.
export function setOutOfReach(part, away) {
  if ("inert" in part) part.inert = away;
  else part.style.visibility = away ? "hidden" : "";
}

// Stops typing in a part of the page while a form is sent, because what is typed then would be lost. Older browsers
// cannot.
export function setFrozen(part, still) {
  if ("inert" in part) part.inert = still;
}

// Finds out whether the same person is still signed in. If so, every form on this page gets the token of the present
// session, so that words written before signing in again can still be sent.
// Gives "same", "out" (nobody is signed in), "other" (somebody else is) or "unknown".
export async function renewPage() {
  const { person, renewUrl } = document.body.dataset;
  if (!renewUrl) return "unknown";
  try {
    const answer = await fetch(renewUrl, { redirect: "manual" });
    if (answer.status === 401) return "out";
    if (!answer.ok) return "unknown";
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (fresh.body.dataset.person !== person) return "other";
    const token = fresh.querySelector("input[name=csrfmiddlewaretoken]")?.value;
    for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = token;
    return "same";
  } catch {
    return "unknown";
  }
}

// What to tell somebody whose words could not be taken, by the answer of renewPage().
export const reasons = {
  out: "You were signed out. Keep this page open, sign in again in a new tab, then come back here and send it again.",
  other: "Somebody else has signed in on this device. Sign in as yourself in a new tab, then come back here.",
};

// Says above the button that the form was not taken. Every word stays in the form. `more` is what else to show.
export function showNotTaken(form, button, head, why = "", more = []) {
  const notice = form.querySelector("[data-not-sent]") || document.createElement("div");
  notice.className = "wm-not-sent";
  notice.dataset.notSent = "";
  notice.setAttribute("role", "alert");
  const strong = document.createElement("strong");
  strong.textContent = head;
  const rest = document.createElement("p");
  rest.textContent = `${why} Your words are still here.`.trim();
  notice.replaceChildren(strong, ...more, rest);
  const last = button || form.querySelector("button[type=submit]");
  last.before(notice);
  notice.scrollIntoView({ block: "center" });
}
