// Notes how far one is with an item without loading the page anew: the buttons of
// form[data-progress]. Its answer brings all parts of the page that show progress, by their ids.
import { showFigures } from "./list-figures.js";
import { announce, complain, send } from "./send.js";

document.addEventListener("submit", async (event) => {
  const { target: form, submitter: button } = event;
  if (!form.matches("[data-progress]") || !button) return;
  event.preventDefault();
  const states = button.closest(".states");
  if (states.ariaBusy === "true") return;
  states.ariaBusy = "true";
  try {
    const body = new URLSearchParams(new FormData(form, button));
    const { html } = await send(button.formAction, { method: "POST", body });
    showFigures(html);
    const fresh = document.getElementById(states.id);
    fresh?.querySelector("button").focus({ preventScroll: true });
    announce(`${fresh?.querySelector("summary").title}. ${document.querySelector("#progress strong").textContent}.`);
  } catch (error) {
    states.ariaBusy = null;
    complain(states.closest(".item").querySelector(".item-body"), error.message);
  }
});

// A menu of states is put away by Escape and by turning elsewhere.
document.addEventListener("keydown", ({ key, target }) => {
  const open = key === "Escape" && target.closest?.(".states details[open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});
document.addEventListener("click", ({ target }) => {
  for (const open of document.querySelectorAll(".states details[open]")) {
    if (!open.contains(target)) open.open = false;
  }
});
