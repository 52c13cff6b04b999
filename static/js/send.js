// Sends a form so that nothing typed is lost: every form with words to lose, and data-send on a form or a button.
//
// One tap sends once. If it fails, or takes fifteen seconds, the page says NOT SENT with a number to telephone, keeps
// every word, and lets the person try again with the same key. The words stay on the page until the server answers
// with the next page, or with the same form and what to put right. That page replaces this one, so that Back does not
// lead to a form that was sent. For all other forms only a second tap is ignored.

import { abortAfter, buttonOf, fieldsOf, reasons, renewPage, setFrozen, showNotTaken } from "./sending.js";

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
    sendForm(form, button, first);
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

async function sendForm(form, button, first) {
  form.dataset.sending = "yes";
  const main = document.querySelector("main");
  setFrozen(main, true);
  let why = "";
  let more = [];
  let again = "Try again";
  try {
    let answer = await fetch(...first);
    if (answer.status === 403) {
      why = reasons[await renewPage()] || "";
      if (!why) answer = await fetch(...requestOf(form, button));
    }
    if (answer.status === 401 || answer.url.includes("/login")) why = reasons.out;
    const next = answer.headers.get("Leads-On") || (answer.redirected && answer.url);
    if (!why && answer.ok && next) return goTo(next);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!why && answer.ok && page.querySelector("main")) return showPage(page);
    if (!why && answer.status === 409) [more, again] = takeFreshKey(form, page);
    if (!why && !more.length && answer.status < 500) why = page.querySelector("main p")?.textContent ?? "";
  } catch {
    // No answer, or too late. The words below say so.
  }
  setFrozen(main, false);
  delete form.dataset.sending;
  const number = form.dataset.phone || document.querySelector("[data-on-call]")?.dataset.onCall;
  const head = number ? `NOT SENT – telephone ${number}, or try again.` : "NOT SENT – try again.";
  showNotTaken(form, button, more.length ? "These words were not sent." : head, why, more);
  (button || form.querySelector("button[type=submit]")).textContent = again;
  button?.focus();
}

// Replaces this page by the next one. A link to a part of this same page is loaded again too.
function goTo(address) {
  const next = new URL(address, location.href);
  const isHere = next.hash && next.pathname === location.pathname && next.search === location.search;
  location.replace(next);
  if (isHere) location.reload();
}

// The arguments of the request. Throws an error where the browser cannot make them.
function requestOf(form, button) {
  const address = button?.hasAttribute("formaction") ? button.formAction : form.action || location.href;
  const body = new URLSearchParams(fieldsOf(form, button));
  const headers = { "X-Leads-On": "yes" };
  return [address, { method: "POST", body, headers, signal: abortAfter(PATIENCE) }];
}

// The form was sent before with other words, or somebody changed its record first. Gives the message, with a link to
// what is there now, and the words of the button. Takes the fresh key and marks, so that the next tap really sends.
function takeFreshKey(form, page) {
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

// Shows the form that came back with something to put right, in place of this page.
function showPage(page) {
  document.title = page.title;
  setFrozen(document.querySelector("main"), false);
  document.querySelector("main").replaceChildren(...page.querySelector("main").childNodes);
  document.dispatchEvent(new Event("waymark:shown"));
  focusOnError();
}

function focusOnError() {
  document.querySelector("[data-focus]")?.focus();
}

focusOnError();
