// A list that stays fresh: [data-live] is fetched again every fifteen seconds, place and focus kept.
// When it cannot be, it says since when, because an old list looks exactly like a quiet one.

const EVERY = 15_000;
const PATIENCE = 10_000;
const live = document.querySelector("[data-live]");
let last = new Date();

if (live) setInterval(refresh, EVERY);

async function refresh() {
  if (document.visibilityState !== "visible" || live.contains(document.activeElement)) return;
  try {
    const answer = await fetch(location.href, { redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-live]");
    if (!answer.ok || !fresh) return old();
    live.replaceChildren(...fresh.childNodes);
    last = new Date();
    document.querySelector("[data-old]")?.remove();
  } catch {
    old();
  }
}

function old() {
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
