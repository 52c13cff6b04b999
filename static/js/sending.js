// What the scripts that send somebody's words share. Loaded before them.

// Is the same person still signed in? If so, every form on this page gets the token of the present session,
// so that what was written before signing in again can still be sent.
// Answers "same", "out" (nobody is signed in), "other" (somebody else is) or "unknown".
globalThis.renewPage = async () => {
  const { person, renewUrl } = document.body.dataset;
  if (!renewUrl) return "unknown";
  try {
    const answer = await fetch(renewUrl, { redirect: "manual" });
    if (answer.type === "opaqueredirect" || answer.status === 401) return "out";
    if (!answer.ok) return "unknown";
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (fresh.body.dataset.person !== person) return "other";
    const token = fresh.querySelector("input[name=csrfmiddlewaretoken]")?.value;
    for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = token;
    return "same";
  } catch {
    return "unknown";
  }
};

// What to tell somebody whose words could not be taken, by what renewPage() answered.
globalThis.whyNot = {
  out: "You were signed out. Keep this page open, sign in again in a new tab, then come back here.",
  other: "Somebody else has signed in on this device. Sign in as yourself in a new tab, then come back here.",
};

// Says so above the button that was pressed, with every word still in the form.
globalThis.notTaken = (form, button, head, why = "") => {
  const notice = form.querySelector("[data-not-sent]") || document.createElement("div");
  notice.className = "wm-not-sent";
  notice.dataset.notSent = "";
  notice.setAttribute("role", "alert");
  const strong = document.createElement("strong");
  strong.textContent = head;
  const rest = document.createElement("p");
  rest.textContent = `${why} Your words are still here.`.trim();
  notice.replaceChildren(strong, rest);
  const last = button || form.querySelector("button[type=submit]");
  last.before(notice);
  notice.scrollIntoView({ block: "center" });
};
