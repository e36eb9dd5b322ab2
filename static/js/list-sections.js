// Brings the items of a section where its link stands: a[data-load] names where they are.
// Without this script the link opens the list with that section.

import { complain, send, swap } from "./send.js";

document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("a[data-load]");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  if (link.ariaBusy === "true") return;
  link.ariaBusy = "true";
  try {
    const { html } = await send(link.dataset.load);
    const section = swap(link.closest("section"), html);
    const first = section.querySelector(".item");
    if (first) {
      first.tabIndex = -1;
      first.focus({ preventScroll: true });
    }
  } catch (error) {
    link.ariaBusy = null;
    complain(link.parentElement, error.message);
  }
});
