// Leaves this page at once. The page is covered, and a neutral page replaces it, in the history too, so that Back does
// not return here. Pressing Shift three times does the same. Without script only the link leads away.
// A page that the back button brings back is loaded again.

const PRESSES = 3;
const WITHIN_MS = 5000;
const MESSAGES = ["", "Shift, press 2 more times to exit.", "Shift, press 1 more time to exit."];

const links = [...document.querySelectorAll("[data-exit]")];
let presses = 0;
let heldWithAnother = false;
let timer = null;
let status = null;

function leavePage(event) {
  event?.preventDefault();
  const cover = document.createElement("div");
  cover.className = "wm-exit-cover";
  cover.setAttribute("role", "alert");
  document.body.replaceChildren(cover);
  cover.textContent = "Exiting page.";
  document.title = "";
  location.replace(links[0].href);
}

function countPresses(number) {
  clearTimeout(timer);
  presses = number;
  for (const link of links) link.dataset.presses = number;
  status.textContent = MESSAGES[number];
  if (number) timer = setTimeout(countPresses, WITHIN_MS, 0);
}

// Counts Shift pressed by itself. Shift held for a capital letter or with Tab does not count.
function countShift(event) {
  if (event.key === "Shift" && !heldWithAnother) {
    if (presses + 1 >= PRESSES) return leavePage();
    countPresses(presses + 1);
  } else if (presses) {
    countPresses(0);
  }
  heldWithAnother = event.shiftKey && event.key !== "Shift";
}

if (links.length) {
  for (const link of links) link.addEventListener("click", leavePage);
  status = document.createElement("div");
  status.className = "govuk-visually-hidden";
  status.setAttribute("role", "status");
  document.body.append(status);
  document.addEventListener("keyup", countShift);
  document.addEventListener("pointerdown", () => presses && countPresses(0));
}

addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
