// Counts down the minutes in [data-until]. At the end it loads the page again, which may have ended by then.

const EVERY = 10_000;
const MINUTE = 60_000;
const countdown = document.querySelector("[data-until]");

if (countdown) setInterval(count, EVERY);

function count() {
  const left = Math.ceil((Date.parse(countdown.dataset.until) - Date.now()) / MINUTE);
  if (left <= 0) return location.reload();
  countdown.querySelector("[data-left]").textContent = left === 1 ? "1 minute left" : `${left} minutes left`;
}
