// Opens a text that was cut, where it stands: a.more leads to the page that has all of it.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a.more");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const text = link.parentElement;
  const kind = text.matches("blockquote") ? "blockquote" : ".description";
  event.preventDefault();
  try {
    const answer = await fetch(link.href, { headers: { "X-Requested-With": "fetch" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const whole = page.querySelector(`.bookmark ${kind}`);
    if (!answer.ok || whole.querySelector(".more")) throw new Error(link.href);
    text.replaceWith(document.adoptNode(whole));
    whole.tabIndex = -1;
    whole.focus();
  } catch {
    location.assign(link.href); // the browser shows what is wrong, or the whole text
  }
});
