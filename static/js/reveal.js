// Hides a part of a form until a radio above it is given one of the answers the part is for.
//
// <div data-reveal-by="worry" data-reveal-for="small now">…</div>
//
// Without script everything is shown, which is the safe way round. What is hidden keeps what was typed.

for (const part of document.querySelectorAll("[data-reveal-by]")) {
  const answers = part.dataset.revealFor.split(" ");
  const radios = document.querySelectorAll(`input[name="${part.dataset.revealBy}"]`);
  const show = () => {
    const chosen = [...radios].find((radio) => radio.checked);
    part.hidden = !(chosen && answers.includes(chosen.value));
  };
  for (const radio of radios) {
    radio.addEventListener("change", show);
  }
  show();
}
