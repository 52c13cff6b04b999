// The simulator's slider. Dragging it moves the moment by quarters of an hour and asks the server again.
// Without script the form's own field and button do the same.

const QUARTER = 15 * 60_000;
const PAUSE = 150;
const form = document.querySelector("form[data-sim]");
const drag = form?.querySelector("[data-sim-drag]");
const moment = form?.querySelector("[data-sim-moment]");

if (drag && moment?.value) {
  const slider = drag.querySelector("input");
  const status = drag.querySelector("output");
  const begin = new Date(`${moment.value.slice(0, 16)}Z`).getTime();
  let waiting = 0;
  let asking = null;
  drag.hidden = false;
  slider.addEventListener("input", () => {
    // This reckons without summer time on purpose: only the server knows about it.
    const then = new Date(begin + slider.value * QUARTER);
    moment.value = then.toISOString().slice(0, 16);
    status.textContent = then.toLocaleString("en-GB", {
      timeZone: "UTC", weekday: "long", day: "numeric", month: "long", hour: "numeric", minute: "2-digit",
    });
    clearTimeout(waiting);
    waiting = setTimeout(askServer, PAUSE);
  });

  async function askServer() {
    asking?.abort();
    asking = new AbortController();
    const address = `${location.pathname}?${new URLSearchParams(new FormData(form))}`;
    try {
      const answer = await fetch(address, { redirect: "manual", signal: asking.signal });
      if (!answer.ok) return location.assign(address);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-sim-answer]");
      if (!fresh) return location.assign(address);
      document.querySelector("[data-sim-answer]").replaceChildren(...fresh.childNodes);
      history.replaceState(null, "", address);
    } catch (failure) {
      if (failure.name !== "AbortError") status.textContent = "There is no answer. Press “Show”.";
    }
  }
}
