// Brings the items of a section where its link stands: a[data-load] names where they are. With
// data-more they are the next ones of a long section. Without this script the link opens the list
// at these items.

import { complain, send, swap } from "./send.js";

/** Puts the next items of a section behind the ones that are there, and returns the first new one.
 * What is shown already was moved meanwhile, or its section got short: then it goes along. */
function append(section, html) {
  const holder = document.createElement("template");
  holder.innerHTML = html.trim();
  const items = [...holder.content.querySelectorAll(".items > .item")];
  const first = items.find(({ id }) => !document.getElementById(id));
  for (const { id } of items) document.getElementById(id)?.remove();
  section.querySelector(".items").append(...items);
  const old = section.querySelector("[data-more]").closest("p");
  const next = holder.content.querySelector("[data-more]")?.closest("p");
  if (next) old.replaceWith(next);
  else old.remove();
  return first;
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("a[data-load]");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  if (link.ariaBusy === "true") return;
  link.ariaBusy = "true";
  try {
    const { html } = await send(link.dataset.load);
    const section = link.closest("section");
    const more = "more" in link.dataset;
    const first = more ? append(section, html) : swap(section, html).querySelector(".item");
    if (first) {
      first.tabIndex = -1;
      first.focus({ preventScroll: true });
    }
  } catch (error) {
    link.ariaBusy = null;
    complain(link.parentElement, error.message);
  }
});
