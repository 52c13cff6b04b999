// What the scripts that send somebody's words share.
//
// What a browser of the last four years may lack is asked for here and nowhere else. A script that takes a form
// over must be able to send it; where it cannot, it leaves the form to the browser.

// Ends a request after so many milliseconds; where the browser cannot, it waits as long as the browser does.
export function patience(milliseconds) {
  if (!window.AbortController) return undefined;
  const waiting = new AbortController();
  setTimeout(() => waiting.abort(), milliseconds);
  return waiting.signal;
}

// The button a form was sent with. Older browsers do not say, so the last one pressed is remembered.
let pressed = null;
document.addEventListener("click", (event) => (pressed = event.target.closest?.("button") ?? null), true);
export function buttonOf(event) {
  if (event.submitter) return event.submitter;
  return pressed?.form === event.target ? pressed : event.target.querySelector("button[type=submit]");
}

// What a form sends: its fields, and the button it was sent with.
export function wordsOf(form, button) {
  const data = new FormData(form);
  if (button?.name) data.append(button.name, button.value);
  return data;
}

// Sends a form as if the button were pressed again.
export function sendAgain(form, button) {
  if (form.requestSubmit) form.requestSubmit(button);
  else (button ?? form.querySelector("button[type=submit]")).click();
}

// Takes what is behind a cover out of reach, of the keyboard and of a screen reader too.
export function outOfReach(part, away) {
  if ("inert" in part) part.inert = away;
  else part.style.visibility = away ? "hidden" : "";
}

// While a form is sent nothing more is typed into its page, for it would go nowhere. Older browsers let it be.
export function holdStill(part, still) {
  if ("inert" in part) part.inert = still;
}

// Is the same person still signed in? If so, every form on this page gets the token of the present session,
// so that what was written before signing in again can still be sent.
// Answers "same", "out" (nobody is signed in), "other" (somebody else is) or "unknown".
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

// What to tell somebody whose words could not be taken, by what renewPage() answered.
export const whyNot = {
  out: "You were signed out. Keep this page open, sign in again in a new tab, then come back here and send it again.",
  other: "Somebody else has signed in on this device. Sign in as yourself in a new tab, then come back here.",
};

// Says so above the button that was pressed, with every word still in the form. `more` is what else to show.
export function notTaken(form, button, head, why = "", more = []) {
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
