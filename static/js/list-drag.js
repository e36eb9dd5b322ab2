// Moves items by their grip, with mouse, pen or finger: .grip. Escape leaves it where it is.
import { keep, placeOf, put } from "./list-order.js";

const EDGE = 70; // so near to the edge of the window, the page scrolls along
let drag = null;

document.addEventListener("pointerdown", (event) => {
  const grip = event.target.closest?.(".grip");
  if (!grip || event.button || drag) return;
  event.preventDefault();
  const item = grip.closest(".item");
  const mark = Object.assign(document.createElement("li"), { className: "drop-mark" });
  drag = { item, mark, old: placeOf(item), y: event.clientY, id: event.pointerId };
  grip.setPointerCapture(event.pointerId);
  item.classList.add("dragged");
  document.body.classList.add("dragging");
  scroll();
});

document.addEventListener("pointermove", (event) => {
  if (event.pointerId !== drag?.id) return;
  drag.y = event.clientY;
  follow(event.clientX);
});

document.addEventListener("pointerup", (event) => event.pointerId === drag?.id && finish());
document.addEventListener("pointercancel", (event) => event.pointerId === drag?.id && end());
document.addEventListener("keydown", ({ key }) => key === "Escape" && drag && end());

/** Shows where the item would go. The item itself stays: what holds the pointer must not move. */
function follow(x) {
  const { y, mark } = drag;
  const under = document.elementsFromPoint(x, y).find((each) => each.closest("[data-section]"));
  const list = under?.closest("[data-section]").querySelector(":scope > .items");
  if (!list) return;
  const before = [...list.querySelectorAll(":scope > .item")].find((each) => {
    const { top, height } = each.getBoundingClientRect();
    return y < top + height / 2;
  });
  list.insertBefore(mark, before ?? null);
}

function scroll() {
  if (!drag) return;
  const step = drag.y < EDGE ? -10 : drag.y > innerHeight - EDGE ? 10 : 0;
  if (step) scrollBy(0, step);
  requestAnimationFrame(scroll);
}

function finish() {
  const { item, mark, old } = drag;
  const place = mark.isConnected ? placeOf(mark) : old;
  end();
  if (place.before === item || (place.list === old.list && place.before === old.before)) return;
  put(item, place);
  keep(item, old);
}

function end() {
  drag.mark.remove();
  drag.item.classList.remove("dragged");
  document.body.classList.remove("dragging");
  drag = null;
}
