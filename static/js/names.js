// Shows the words that will be sent again as soon as a name is put back or left out. Without script a button does it.

import { abortAfter, fieldsOf } from "./sending.js";

const PATIENCE = 10_000;
let latest = 0;

document.addEventListener("change", async (event) => {
  const form = event.target.form;
  const button = form?.querySelector("[data-show-again]");
  if (!button || !event.target.matches("input[name=put_back], input[name=leave_out]")) return;
  latest += 1;
  const mine = latest;
  try {
    const body = new URLSearchParams(fieldsOf(form, button));
    const answer = await fetch(form.action || location.href, { method: "POST", body, signal: abortAfter(PATIENCE) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (answer.ok && mine === latest) showWords(form, page);
  } catch {
    // No answer, or too late. The button still works, and nothing is sent that was not shown.
  }
});

function showWords(form, page) {
  const fresh = page.querySelector(".wm-outgoing");
  const shown = document.querySelector(".wm-outgoing");
  if (!fresh || !shown) return;
  shown.replaceChildren(...fresh.childNodes);
  for (const name of ["decided", "names_shown"]) {
    const [own, other] = [form, page].map((part) => part.querySelector(`input[name=${name}]`));
    if (own && other) own.value = other.value;
  }
  form.querySelector("[data-shown-again]").textContent = "The words above are as you ticked.";
}
