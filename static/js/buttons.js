// Lets the space bar press a link that looks like a button. Without script, only Enter does.

document.addEventListener("keydown", (event) => {
  const link = event.key === " " && event.target.closest?.("a[role=button]");
  if (!link) return;
  event.preventDefault();
  link.click();
});
