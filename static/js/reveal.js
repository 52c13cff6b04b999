// Hides a part of a form until a radio above it is given one of the answers the part is for.
//
// <div data-reveal-by="worry" data-reveal-for="small now">…</div>
//
// Without script everything is shown, which is safe. A hidden part keeps what was typed in it.

for (const kind of ["change", "waymark:shown"]) document.addEventListener(kind, reveal);
reveal();

function reveal() {
  for (const part of document.querySelectorAll("[data-reveal-by]")) {
    const chosen = document.querySelector(`input[name="${part.dataset.revealBy}"]:checked`);
    part.hidden = !(chosen && part.dataset.revealFor.split(" ").includes(chosen.value));
  }
}
