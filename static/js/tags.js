// Completes the tag under the caret as it is typed (the combobox pattern of ARIA 1.2), and adds
// suggested tags on a click. Without scripts the field is a plain field.
const WAIT = 120;

function wordAt(input) {
  const before = input.value.slice(0, input.selectionStart);
  return before.slice(Math.max(before.lastIndexOf(" "), before.lastIndexOf(",")) + 1);
}

function replaceWord(input, label) {
  const word = wordAt(input);
  const start = input.selectionStart - word.length;
  const after = input.value.slice(input.selectionStart).replace(/^ */, "");
  input.value = `${input.value.slice(0, start)}${label} ${after}`;
  const caret = start + label.length + 1;
  input.setSelectionRange(caret, caret);
}

function complete(input) {
  const list = document.createElement("ul");
  list.id = `${input.id}_options`;
  list.className = "options";
  list.role = "listbox";
  list.hidden = true;
  input.after(list);
  input.role = "combobox";
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");
  let timer = 0;
  let current = -1;
  let asked = "";

  const hide = () => {
    list.hidden = true;
    current = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (index) => {
    current = (index + list.children.length) % list.children.length;
    [...list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === current)));
    input.setAttribute("aria-activedescendant", list.children[current].id);
  };
  const take = (label) => {
    replaceWord(input, label);
    hide();
    input.focus();
  };
  const show = (labels) => {
    list.replaceChildren(...labels.map((label, at) => {
      const option = document.createElement("li");
      option.id = `${list.id}_${at}`;
      option.role = "option";
      option.textContent = label;
      option.addEventListener("pointerdown", (event) => { event.preventDefault(); take(label); });
      return option;
    }));
    list.hidden = labels.length === 0;
    input.setAttribute("aria-expanded", String(labels.length > 0));
    current = -1;
  };
  const ask = async () => {
    const word = wordAt(input);
    asked = word;
    if (!word) { hide(); return; }
    const url = input.form.elements.url?.value ?? "";
    try {
      const answer = await fetch(`/add/tags?${new URLSearchParams({ q: word, url })}`);
      if (answer.ok && asked === word) show((await answer.json()).tags);
    } catch { hide(); } // no suggestions is no reason to disturb who is typing
  };

  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, WAIT); });
  input.addEventListener("blur", hide);
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") choose(current + 1);
    else if (event.key === "ArrowUp") choose(current < 0 ? -1 : current - 1);
    else if (event.key === "Escape") hide();
    else if ((event.key === "Enter" || event.key === "Tab") && current >= 0) take(list.children[current].textContent);
    else return;
    event.preventDefault();
  });
}

export function attach(root) {
  for (const input of root.querySelectorAll("input[name=tags]")) complete(input);
  for (const button of root.querySelectorAll("button[data-tag]")) {
    button.addEventListener("click", () => {
      const input = document.querySelector("input[name=tags]");
      const tags = input.value.split(/[\s,]+/).filter(Boolean);
      const at = tags.indexOf(button.dataset.tag);
      if (at < 0) tags.push(button.dataset.tag); else tags.splice(at, 1);
      input.value = tags.length ? `${tags.join(" ")} ` : "";
      button.setAttribute("aria-pressed", String(at < 0));
    });
  }
}

attach(document);
