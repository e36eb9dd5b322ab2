// Edits a bookmark where it stands: a.edit brings the form, form[data-edit] sends it.
import { announce, complain, send, swap } from "./send.js";
import "./tag-completion.js";

const shown = new WeakMap(); // the entry that each form stands in for

/** Makes the ids of a form its own, since several may be open on one page. */
function makeOwn(article) {
  const own = (id) => `${id}-${article.id}`;
  for (const element of article.querySelectorAll("[id]")) element.id = own(element.id);
  for (const label of article.querySelectorAll("label[for]")) label.htmlFor = own(label.htmlFor);
  for (const field of article.querySelectorAll("[aria-describedby]")) {
    const ids = field.getAttribute("aria-describedby").split(" ");
    field.setAttribute("aria-describedby", ids.map(own).join(" "));
  }
}

function leave(article) {
  const entry = shown.get(article);
  article.replaceWith(entry);
  entry.querySelector("a.edit")?.focus();
}

/** Loads the styles of forms, unless they are there; they are left out of lists. */
function dress() {
  const { styles } = document.querySelector("form[data-act]").dataset;
  if (document.querySelector(`link[href="${styles}"]`)) return null;
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = styles;
  const ready = new Promise((done) => (link.onload = link.onerror = done));
  document.head.append(link);
  return ready;
}

/** Puts the form that `link` leads to in the place of the entry. */
export async function open(link) {
  const entry = link.closest(".bookmark");
  if (entry.ariaBusy === "true") return;
  entry.ariaBusy = "true";
  try {
    const [answer] = await Promise.all([send(link.href), dress()]);
    const form = swap(entry, answer.html);
    shown.set(form, entry);
    makeOwn(form);
    form.querySelector("[name=title]").focus();
  } catch (error) {
    complain(entry, error.message);
  }
  entry.ariaBusy = null;
}

document.addEventListener("click", (event) => {
  const article = event.target.closest?.("a.cancel")?.closest(".editing");
  if (!shown.has(article)) return;
  event.preventDefault();
  leave(article);
});

document.addEventListener("keydown", (event) => {
  const article = event.target.closest?.(".editing");
  if (event.key !== "Escape" || event.defaultPrevented || !shown.has(article)) return;
  const changed = ({ type, value, defaultValue, checked, defaultChecked }) =>
    type === "checkbox" ? checked !== defaultChecked : value !== (defaultValue ?? value);
  if (![...article.querySelector("form").elements].some(changed)) leave(article);
});

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const article = form.closest(".editing");
  if (!form.matches("[data-edit]") || !shown.has(article)) return;
  event.preventDefault();
  const button = form.querySelector("button.primary");
  if (button.ariaBusy === "true") return;
  button.ariaBusy = "true";
  try {
    const body = new URLSearchParams(new FormData(form));
    const { status, html } = await send(form.action, { method: "POST", body });
    const fresh = swap(article, html);
    if (status === 422) {
      shown.set(fresh, shown.get(article));
      makeOwn(fresh);
      fresh.querySelector("[aria-invalid=true]")?.focus();
    } else {
      fresh.querySelector("a.edit")?.focus();
      announce("Changes saved.");
    }
  } catch (error) {
    button.ariaBusy = null;
    complain(form, error.message);
  }
});
