// Copies the text that a link leads to; where the browser does not let it, the link is followed.

import { send } from "./send.js";

document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("a[data-copy]");
  if (!link || !navigator.clipboard || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  try {
    const { status, html } = await send(link.href);
    if (status !== 200) throw new Error(String(status));
    await navigator.clipboard.writeText(html);
  } catch {
    location.assign(link.href);
    return;
  }
  const words = link.textContent;
  link.textContent = "copied";
  link.setAttribute("role", "status");
  setTimeout(() => {
    link.textContent = words;
    link.removeAttribute("role");
  }, 2000);
});
