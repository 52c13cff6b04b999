// Sends a form so that nothing typed is lost: data-send on the form, or on one of its buttons.
//
// One tap is one sending. If it fails, or takes fifteen seconds, the page says NOT SENT with a number to
// telephone, keeps every word, and lets it be tried again under the same key. The words leave the page only
// for the page the server sends one on to, or for the same form with what to put right. Other forms only
// have their second tap ignored.

const PATIENCE = 15_000;

document.addEventListener("submit", (event) => {
  const { target: form, submitter: button } = event;
  if (event.defaultPrevented) return;
  if (form.dataset.sending) {
    event.preventDefault();
  } else if (form.matches("[data-send]") || button?.matches("[data-send]")) {
    event.preventDefault();
    send(form, button);
  } else if (form.method === "post") {
    form.dataset.sending = "yes";
    setTimeout(() => delete form.dataset.sending, 3000);
  }
});

async function send(form, button) {
  form.dataset.sending = "yes";
  let why = "";
  try {
    let answer = await post(form, button);
    if (answer.status === 403) {
      why = globalThis.whyNot[await globalThis.renewPage()] || "";
      if (!why) answer = await post(form, button);
    }
    if (answer.status === 401 || answer.url.includes("/login")) why = globalThis.whyNot.out;
    if (!why && answer.ok && answer.redirected) return location.assign(answer.url);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!why && answer.ok && page.querySelector("main form")) return show(page);
    if (!why && answer.status < 500) why = page.querySelector("main p")?.textContent ?? "";
  } catch {
    // No answer, or not in time: the words below say so.
  }
  delete form.dataset.sending;
  const number = form.dataset.phone || document.querySelector("[data-on-call]")?.dataset.onCall;
  const head = number ? `NOT SENT – telephone ${number}, or try again.` : "NOT SENT – try again.";
  globalThis.notTaken(form, button, head, why);
  (button || form.querySelector("button[type=submit]")).textContent = "Try again";
}

function post(form, button) {
  return fetch(button?.hasAttribute("formaction") ? button.formAction : form.action || location.href, {
    method: "POST",
    body: new URLSearchParams(new FormData(form, button)),
    signal: AbortSignal.timeout(PATIENCE),
  });
}

// The form came back with something to put right: show that page in this one's place.
function show(page) {
  document.title = page.title;
  document.querySelector("main").replaceChildren(...page.querySelector("main").childNodes);
  document.dispatchEvent(new Event("waymark:shown"));
  focusOnWhatIsWrong();
}

function focusOnWhatIsWrong() {
  document.querySelector("[data-focus]")?.focus();
}

focusOnWhatIsWrong();
