// Leaves this page at once: the page is covered, and a neutral one takes its place in the history too, so that Back
// does not return here. Shift pressed three times does the same. Without script the link alone leads away.
// A page brought back by the back button is asked for again.

const PRESSES = 3;
const WITHIN_MS = 5000;
const SAID = ["", "Shift, press 2 more times to exit.", "Shift, press 1 more time to exit."];

const links = [...document.querySelectorAll("[data-exit]")];
let presses = 0;
let heldWithAnother = false;
let patience = null;
let status = null;

function leave(event) {
  event?.preventDefault();
  const cover = document.createElement("div");
  cover.className = "wm-exit-cover";
  cover.setAttribute("role", "alert");
  document.body.replaceChildren(cover);
  cover.textContent = "Exiting page.";
  document.title = "";
  location.replace(links[0].href);
}

function count(number) {
  clearTimeout(patience);
  presses = number;
  for (const link of links) link.dataset.presses = number;
  status.textContent = SAID[number];
  if (number) patience = setTimeout(count, WITHIN_MS, 0);
}

// Shift pressed by itself counts; held to write a capital, or to go back with Tab, it does not.
function press(event) {
  if (event.key === "Shift" && !heldWithAnother) {
    if (presses + 1 >= PRESSES) return leave();
    count(presses + 1);
  } else if (presses) {
    count(0);
  }
  heldWithAnother = event.shiftKey && event.key !== "Shift";
}

if (links.length) {
  for (const link of links) link.addEventListener("click", leave);
  status = document.createElement("div");
  status.className = "govuk-visually-hidden";
  status.setAttribute("role", "status");
  document.body.append(status);
  document.addEventListener("keyup", press);
  document.addEventListener("pointerdown", () => presses && count(0));
}

addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
