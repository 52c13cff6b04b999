// Leaves this page at once: the page is covered, and a neutral one takes its place in the history too, so that Back
// does not return here. Shift pressed three times does the same. Without script the link alone leads away.
// A page brought back by the back button is asked for again.

const PRESSES = 3;
const WITHIN_MS = 5000;

const link = document.querySelector("[data-exit]");
let presses = [];

function leave(event) {
  event?.preventDefault();
  const cover = document.createElement("div");
  cover.className = "wm-exit-cover";
  document.body.replaceChildren(cover);
  document.title = "";
  location.replace(link.href);
}

if (link) {
  link.addEventListener("click", leave);
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift") {
      presses = [];
      return;
    }
    const now = Date.now();
    presses = [...presses.filter((at) => now - at < WITHIN_MS), now];
    if (presses.length >= PRESSES) leave();
  });
}

addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
