// Does what the buttons of an entry do without loading the page again: each answer is the entry as
// it is now, which takes the place of the old one. Without scripts they are plain forms and links.
import { attach as attachTags } from "./tags.js";

const HEADERS = { "X-Requested-With": "fetch" };
const messages = document.querySelector(".messages");

function tell(sentence) {
  if (!messages) return;
  const message = document.createElement("p");
  message.className = "message error";
  message.textContent = sentence;
  messages.replaceChildren(message);
}

async function ask(url, options = {}) {
  const answer = await fetch(url, { ...options, headers: HEADERS });
  if (answer.redirected && new URL(answer.url).pathname.startsWith("/login/")) {
    location.assign(answer.url);
  }
  if (!answer.ok && answer.status !== 422) throw new Error(String(answer.status));
  const template = document.createElement("template");
  template.innerHTML = await answer.text();
  return template.content.firstElementChild;
}

function focusOn(element, selector) {
  const target = (selector && element.querySelector(selector)) || element.querySelector("input, button, a");
  target?.focus();
}

async function attempt(action) {
  try {
    await action();
  } catch {
    tell("That did not work: the site could not be reached, or you are logged out. Nothing was changed.");
  }
}

async function act(button) {
  const article = button.closest("article");
  const form = document.getElementById("act");
  const name = button.classList[0];
  const fresh = await ask(button.formAction, { method: "POST", body: new FormData(form) });
  article.replaceWith(fresh);
  messages?.replaceChildren();
  focusOn(fresh, name ? `.${name}, .selected_star` : `button[formaction]`);
}

async function more(link) {
  const article = link.closest("article");
  const fresh = await ask(link.href);
  article.replaceWith(fresh);
  focusOn(fresh, ".bookmark_title");
}

async function edit(link) {
  const article = link.closest("article");
  const form = await ask(link.href);
  const holder = document.createElement("article");
  holder.className = "bookmark editing";
  holder.append(form);
  article.replaceWith(holder);
  prepareForm(holder, article);
}

function prepareForm(holder, article) {
  const form = holder.querySelector("form");
  attachTags(holder);
  focusOn(holder, "input[name=title]");
  holder.querySelector("[data-cancel]").addEventListener("click", (event) => {
    event.preventDefault();
    holder.replaceWith(article);
    focusOn(article, "[data-edit]");
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(async () => {
      const fresh = await ask(form.action, { method: "POST", body: new FormData(form) });
      if (fresh.matches("form")) {
        holder.replaceChildren(fresh);
        prepareForm(holder, article);
        focusOn(holder, "[aria-invalid=true]");
      } else {
        holder.replaceWith(fresh);
        focusOn(fresh, "[data-edit]");
      }
    });
  });
}

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const button = event.target.closest("article button[formaction]");
  const link = event.target.closest("article a[data-edit], article a[data-more]");
  if (!button && !link) return;
  event.preventDefault();
  if (button) attempt(() => act(button));
  else attempt(() => (link.matches("[data-more]") ? more(link) : edit(link)));
});
