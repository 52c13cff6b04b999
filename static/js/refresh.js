// A list that stays fresh: [data-live] is fetched again every fifteen seconds, place and focus kept.

const EVERY = 15_000;
const live = document.querySelector("[data-live]");

if (live) setInterval(refresh, EVERY);

async function refresh() {
  if (document.visibilityState !== "visible" || live.contains(document.activeElement)) return;
  try {
    const answer = await fetch(location.href, { redirect: "manual" });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-live]");
    if (fresh) live.replaceChildren(...fresh.childNodes);
  } catch {
    // The next round tries again; the page says when the checker last ran.
  }
}
