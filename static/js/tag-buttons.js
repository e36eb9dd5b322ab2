// Buttons in [data-tag-buttons=NAME] put their tag into the input of that name, or take it out.
const split = (text) => text.split(/[\s,]+/).filter(Boolean);

for (const group of document.querySelectorAll("[data-tag-buttons]")) {
  const input = group.closest("main").querySelector(`input[name=${group.dataset.tagButtons}]`);
  const show = () => {
    const tags = new Set(split(input.value.toLowerCase()));
    for (const button of group.querySelectorAll("button")) {
      button.ariaPressed = String(tags.has(button.textContent.toLowerCase()));
    }
  };
  group.addEventListener("click", (event) => {
    const tag = event.target.closest("button")?.textContent;
    if (!tag) return;
    const tags = split(input.value);
    const kept = tags.filter((other) => other.toLowerCase() !== tag.toLowerCase());
    if (kept.length === tags.length) kept.push(tag);
    input.value = kept.map((each) => `${each} `).join("");
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
  input.addEventListener("input", show);
  show();
}
