// Moves the item in which the focus is by Alt+↑ and Alt+↓, from section to section too.
import { announce } from "./send.js";
import { keep, placeOf, put } from "./list-order.js";

document.addEventListener("keydown", (event) => {
  const { key, altKey, ctrlKey, metaKey, shiftKey, target } = event;
  const item = target.closest?.(".item");
  if (!item || !altKey || ctrlKey || metaKey || shiftKey || !/^Arrow(Up|Down)$/.test(key)) return;
  event.preventDefault();
  const place = key === "ArrowUp" ? above(item) : below(item);
  if (!place) return announce("It cannot be moved further. Sections that are not shown yet have to be opened first.");
  const old = placeOf(item);
  put(item, place);
  item.scrollIntoView({ block: "nearest" });
  keep(item, old);
});

function above(item) {
  const { parentElement: list, previousElementSibling: previous } = item;
  if (previous) return { list, before: previous };
  const other = neighbour(item, -1);
  return other && { list: other, before: null };
}

function below(item) {
  const { parentElement: list, nextElementSibling: next } = item;
  if (next) return { list, before: next.nextElementSibling };
  const other = neighbour(item, 1);
  return other && { list: other, before: other.firstElementChild };
}

/** The list of the section before or after, where it is shown. */
function neighbour(item, step) {
  const sections = [...document.querySelectorAll("[data-section]")];
  const other = sections[sections.indexOf(item.closest("[data-section]")) + step];
  return other?.querySelector(":scope > .items");
}
