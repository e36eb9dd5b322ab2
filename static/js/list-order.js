// Moves items of a list: at once on the page, then on the server, and back where that is refused.
// For list-drag.js and list-keys.js.
import { showFigures } from "./list-figures.js";
import { announce, complain, send, Refused } from "./send.js";

let queue = Promise.resolve();

/** Where an item stands, to be put back there. */
export function placeOf(item) {
  return { list: item.parentElement, before: item.nextElementSibling };
}

/** Puts an item into a list of items, before another or at the end; keeps what is focused in it. */
export function put(item, { list, before }) {
  const focused = item.contains(document.activeElement) ? document.activeElement : null;
  const numbers = [...running()].map(({ textContent }) => textContent);
  list.insertBefore(item, before?.parentElement === list ? before : null);
  for (const number of running()) number.textContent = numbers.shift();
  focused?.focus({ preventScroll: true });
}

/** Tells the server where an item stands now; puts it back to `old` and says why when it refuses. */
export function keep(item, old) {
  announce(words(item));
  queue = queue.then(() => post(item)).catch((error) => {
    put(item, old);
    complain(item.querySelector(".item-body"), error.message);
  });
  return queue;
}

async function post(item) {
  const body = new URLSearchParams(new FormData(document.getElementById("list-act")));
  body.set("section", item.closest("[data-section]").dataset.section);
  body.set("after", item.previousElementSibling?.dataset.item ?? "");
  const { status, html } = await send(`${location.pathname}i:${item.dataset.item}/move/`, { method: "POST", body });
  if (status === 409) throw new Refused(html);
  if (status !== 200) throw new Refused("It could not be moved. Load the page anew and try again.");
  item.querySelector(":scope > .item-body > .error")?.remove();
  showFigures(html);
}

/** The numbers that only count items; those of an imported list stay with their items. */
function running() {
  return document.querySelectorAll(".item > .gutter > .number:not([data-own])");
}

function words(item) {
  const title = item.querySelector(".bookmark_title, .words").textContent;
  const all = [...item.parentElement.children];
  const heading = item.closest("[data-section]").querySelector(".part-head > :is(h2, h3, h4)")?.textContent;
  return `${title}: ${all.indexOf(item) + 1} of ${all.length}${heading ? ` in ${heading.trim()}` : ""}.`;
}
