// Shows how far one is with a list and its sections, as the server tells it. For list-progress.js
// and list-order.js.

/** Puts each part of the answer in the place of the one with its id, and marks what is next. */
export function showFigures(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  for (const part of holder.content.querySelectorAll("[id]")) {
    document.getElementById(part.id)?.replaceWith(part);
  }
  document.querySelector(".next-up")?.classList.remove("next-up");
  const next = document.getElementById("progress")?.dataset.next;
  if (next) document.getElementById(`i-${next}`)?.classList.add("next-up");
}
