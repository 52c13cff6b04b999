// Sends a form so that nothing typed is lost: every form with words to lose, and data-send on a form or a button.
//
// One tap is one sending. If it fails, or takes fifteen seconds, the page says NOT SENT with a number to
// telephone, keeps every word, and lets it be tried again under the same key. The words leave the page only
// for the page the server sends one on to, or for the same form with what to put right. That page takes this one's
// place, so that going back does not lead to a form that was sent. Other forms only have their second tap ignored.

import { buttonOf, holdStill, notTaken, patience, renewPage, whyNot, wordsOf } from "./sending.js";

const PATIENCE = 15_000;

document.addEventListener("submit", (event) => {
  const form = event.target;
  const button = buttonOf(event);
  if (event.defaultPrevented) return;
  if (form.dataset.sending) {
    event.preventDefault();
  } else if (isSentHere(form, button)) {
    let first;
    try {
      first = requestOf(form, button);
    } catch {
      return; // This browser lacks something: it sends the form itself.
    }
    event.preventDefault();
    send(form, button, first);
  } else if (form.method === "post") {
    form.dataset.sending = "yes";
    setTimeout(() => delete form.dataset.sending, 3000);
  }
});

function isSentHere(form, button) {
  if (form.method !== "post") return false;
  if (form.matches("[data-send]") || button?.matches("[data-send]")) return true;
  return Boolean(form.querySelector("textarea, [data-keeps-words]")) && !form.matches("[data-autosave]");
}

async function send(form, button, first) {
  form.dataset.sending = "yes";
  const main = document.querySelector("main");
  holdStill(main, true);
  let why = "";
  let more = [];
  let again = "Try again";
  try {
    let answer = await fetch(...first);
    if (answer.status === 403) {
      why = whyNot[await renewPage()] || "";
      if (!why) answer = await fetch(...requestOf(form, button));
    }
    if (answer.status === 401 || answer.url.includes("/login")) why = whyNot.out;
    const next = answer.headers.get("Leads-On") || (answer.redirected && answer.url);
    if (!why && answer.ok && next) return goTo(next);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!why && answer.ok && page.querySelector("main")) return show(page);
    if (!why && answer.status === 409) [more, again] = notTakenYet(form, page);
    if (!why && !more.length && answer.status < 500) why = page.querySelector("main p")?.textContent ?? "";
  } catch {
    // No answer, or not in time: the words below say so.
  }
  holdStill(main, false);
  delete form.dataset.sending;
  const number = form.dataset.phone || document.querySelector("[data-on-call]")?.dataset.onCall;
  const head = number ? `NOT SENT – telephone ${number}, or try again.` : "NOT SENT – try again.";
  notTaken(form, button, more.length ? "These words were not sent." : head, why, more);
  (button || form.querySelector("button[type=submit]")).textContent = again;
  button?.focus();
}

// In this page's place, and loaded anew though only a part of this very page is meant.
function goTo(address) {
  const next = new URL(address, location.href);
  const isHere = next.hash && next.pathname === location.pathname && next.search === location.search;
  location.replace(next);
  if (isHere) location.reload();
}

// What a request needs; throws where the browser cannot make it.
function requestOf(form, button) {
  const address = button?.hasAttribute("formaction") ? button.formAction : form.action || location.href;
  const body = new URLSearchParams(wordsOf(form, button));
  const headers = { "X-Leads-On": "yes" };
  return [address, { method: "POST", body, headers, signal: patience(PATIENCE) }];
}

// The form was taken before, with other words, or somebody changed its record first: says so with the way to what
// stands now, and takes the fresh key and the fresh marks, under which sending again is meant.
function notTakenYet(form, page) {
  const key = page.querySelector("[data-not-taken] input[name=form_key]");
  const told = page.querySelectorAll("[data-not-taken=other] > p");
  const own = form.querySelector("input[name=form_key]");
  if (key && own) own.value = key.value;
  const marks = page.querySelectorAll("[data-not-taken] input[name=story]");
  if (marks.length) for (const old of form.querySelectorAll("input[name=story]")) old.remove();
  form.append(...marks);
  for (const link of page.querySelectorAll("[data-not-taken] a")) link.classList.add("govuk-link--inverse");
  const button = page.querySelector("[data-not-taken] form button");
  return [[...told], (told.length && button?.textContent.trim()) || "Try again"];
}

// The form came back with something to put right: show that page in this one's place.
function show(page) {
  document.title = page.title;
  holdStill(document.querySelector("main"), false);
  document.querySelector("main").replaceChildren(...page.querySelector("main").childNodes);
  document.dispatchEvent(new Event("waymark:shown"));
  focusOnWhatIsWrong();
}

function focusOnWhatIsWrong() {
  document.querySelector("[data-focus]")?.focus();
}

focusOnWhatIsWrong();
