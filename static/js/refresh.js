// Fetches the list in [data-live] again every fifteen seconds, and keeps the place and the focus.
// If that fails, it says since when, because an old list looks exactly like a quiet one.

import { abortAfter } from "./sending.js";

const EVERY = 15_000;
const PATIENCE = 10_000;
const live = document.querySelector("[data-live]");
let last = new Date();

if (live) setInterval(refresh, EVERY);

async function refresh() {
  if (document.visibilityState !== "visible" || isBusy()) return;
  try {
    const answer = await fetch(location.href, { redirect: "manual", signal: abortAfter(PATIENCE) });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-live]");
    if (!answer.ok || !fresh) return sayOld();
    const place = placeOf(document.activeElement);
    live.replaceChildren(...fresh.childNodes);
    if (place) (live.querySelector(place.link) ?? rowAt(place.number) ?? live).focus({ preventScroll: true });
    last = new Date();
    document.querySelector("[data-old]")?.remove();
  } catch {
    sayOld();
  }
}

// Whether somebody fills something in in the list. It is not refreshed then.
function isBusy() {
  return live.contains(document.activeElement) && document.activeElement.matches("input, select, textarea");
}

// Where the focus is in the list, to put it there again in the fresh list. If its row has gone, the focus goes to the
// row that is now in its place.
function placeOf(focused) {
  const row = live.contains(focused) && focused.closest("[data-row]");
  if (!row) return null;
  const links = [...row.querySelectorAll("a")];
  const link = `[data-row="${row.dataset.row}"] a${links.indexOf(focused) > 0 ? ".govuk-button" : ""}`;
  return { link, number: [...live.querySelectorAll("[data-row]")].indexOf(row) };
}

function rowAt(number) {
  const rows = live.querySelectorAll("[data-row]");
  return rows.length ? rows[Math.min(number, rows.length - 1)].querySelector("a") : null;
}

function sayOld() {
  const notice = document.querySelector("[data-old]") || document.createElement("p");
  const time = last.toLocaleTimeString("en-GB", { hour: "numeric", minute: "2-digit", hour12: true });
  const words = `This list has not been refreshed since ${time}. Reload the page.`;
  if (notice.textContent === words) return;
  notice.dataset.old = "";
  notice.className = "wm-old";
  notice.setAttribute("role", "status");
  notice.textContent = words;
  live.before(notice);
}
