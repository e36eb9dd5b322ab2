// Completes the tag under the caret: the input in [data-complete=URL] becomes a combobox with a
// list of suggestions (WAI-ARIA 1.2). Arrows choose, Enter or Tab takes, Escape closes.
const WAIT = 120;
const BLANK = /[\s,]/;
let current; // the one list that is open: {input, list, tags, chosen}
let timer;
let asked = 0;
let taking = false;

/** Returns where the word under the caret starts and ends. */
function wordAt(input) {
  const { value, selectionStart } = input;
  let start = selectionStart;
  let end = selectionStart;
  while (start > 0 && !BLANK.test(value[start - 1])) start--;
  while (end < value.length && !BLANK.test(value[end])) end++;
  return { start, end, typed: value.slice(start, selectionStart) };
}

function close() {
  clearTimeout(timer);
  asked++;
  if (!current) return;
  current.input.ariaExpanded = "false";
  current.input.removeAttribute("aria-activedescendant");
  current.list.remove();
  current = null;
}

function choose(place) {
  const { input, list, tags } = current;
  current.chosen = (place + tags.length) % tags.length;
  for (const [index, item] of [...list.children].entries()) item.ariaSelected = String(index === current.chosen);
  const item = list.children[current.chosen];
  input.setAttribute("aria-activedescendant", item.id);
  item.scrollIntoView({ block: "nearest" });
}

function take(place) {
  const { input, tags } = current;
  const { start, end } = wordAt(input);
  const after = input.value.slice(end).trimStart();
  const before = `${input.value.slice(0, start)}${tags[place]} `;
  input.value = before + after;
  input.setSelectionRange(before.length, before.length);
  close();
  taking = true;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  taking = false;
}

function open(input, tags) {
  close();
  if (!tags.length) return;
  const list = document.createElement("ul");
  list.className = "completions";
  list.id = `${input.id}_completions`;
  list.role = "listbox";
  list.ariaLabel = "Tags";
  for (const [index, tag] of tags.entries()) {
    const item = document.createElement("li");
    item.id = `${list.id}_${index}`;
    item.role = "option";
    item.ariaSelected = "false";
    item.textContent = tag;
    item.addEventListener("pointerdown", (event) => {
      event.preventDefault(); // keeps the caret in the input
      take(index);
    });
    list.append(item);
  }
  list.style.top = `${input.offsetTop + input.offsetHeight}px`;
  list.style.left = `${input.offsetLeft}px`;
  list.style.width = `${input.offsetWidth}px`;
  input.setAttribute("aria-controls", list.id);
  input.ariaExpanded = "true";
  input.after(list);
  current = { input, list, tags, chosen: -1 };
}

async function ask(input, address) {
  const question = ++asked;
  const { typed } = wordAt(input);
  if (!typed) return close();
  const url = input.form.elements.url?.value ?? "";
  let tags;
  try {
    const answer = await fetch(`${address}?${new URLSearchParams({ q: typed, url })}`);
    ({ tags } = await answer.json());
  } catch {
    return; // typing goes on without suggestions
  }
  if (question !== asked || document.activeElement !== input) return;
  const { start, end } = wordAt(input);
  const others = (input.value.slice(0, start) + input.value.slice(end)).toLowerCase().split(/[\s,]+/);
  open(input, tags.filter((tag) => tag !== typed && !others.includes(tag.toLowerCase())));
}

document.addEventListener("focusin", ({ target }) => {
  if (!target.matches?.("[data-complete] input") || target.role === "combobox") return;
  target.role = "combobox";
  target.ariaAutoComplete = "list";
  target.ariaExpanded = "false";
});

document.addEventListener("focusout", ({ target }) => {
  if (target === current?.input) close();
});

document.addEventListener("input", ({ target }) => {
  const place = target.closest?.("[data-complete]");
  if (!place || taking) return;
  clearTimeout(timer);
  asked++; // an answer that is still on its way is to a word that has changed
  timer = setTimeout(ask, WAIT, target, place.dataset.complete);
});

document.addEventListener("keydown", (event) => {
  if (event.target !== current?.input || event.isComposing) return;
  const { chosen } = current;
  if (event.key === "ArrowDown") choose(chosen + 1);
  else if (event.key === "ArrowUp") choose(chosen < 0 ? -1 : chosen - 1);
  else if (event.key === "Escape") close();
  else if ((event.key === "Enter" || event.key === "Tab") && chosen >= 0) take(chosen);
  else return;
  event.preventDefault();
});
