// Keys for a queue: j goes to the next row, k to the row before, o opens the row. They work only while the focus is in
// the list and not in a field. Enter opens too, because the focus is on a link.

const list = document.querySelector("[data-keys]");
const help = document.querySelector("[data-keys-help]");

if (list) {
  if (help) help.hidden = false;
  list.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.matches("input, select, textarea")) return;
    if (event.key === "j" || event.key === "k") moveFocus(event, event.key === "j" ? 1 : -1);
    if (event.key === "o") {
      const row = event.target.closest("[data-row]");
      if (row) {
        event.preventDefault();
        row.querySelector("a").click();
      }
    }
  });
}

function moveFocus(event, by) {
  const rows = [...list.querySelectorAll("[data-row]")];
  if (!rows.length) return;
  event.preventDefault();
  const now = rows.indexOf(event.target.closest("[data-row]"));
  const next = now < 0 ? 0 : Math.min(Math.max(now + by, 0), rows.length - 1);
  rows[next].querySelector("a").focus();
}
