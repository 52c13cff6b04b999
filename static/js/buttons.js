// A link that looks like a button is pressed by the space bar too, as a button is. Without script, Enter leads on.

document.addEventListener("keydown", (event) => {
  const link = event.key === " " && event.target.closest?.("a[role=button]");
  if (!link) return;
  event.preventDefault();
  link.click();
});
