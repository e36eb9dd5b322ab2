// Star, mark read, hide, delete, undo: the buttons of form[data-act] without loading the page anew.
import { announce, complain, send, swap } from "./send.js";

const DONE = {
  star: "Starred.",
  unstar: "No longer starred.",
  read: "Marked read.",
  unread: "Marked unread.",
  publish: "Made public.",
  hide: "Made private.",
  delete: "Deleted. Undo brings it back.",
  restore: "Brought back.",
  fetch: "The page will be fetched again.",
};

document.querySelector("form[data-act]")?.addEventListener("submit", async (event) => {
  const button = event.submitter;
  const entry = button?.closest("[id^='b-']");
  if (!entry) return;
  event.preventDefault();
  if (entry.ariaBusy === "true") return;
  entry.ariaBusy = "true";
  const place = [...entry.querySelectorAll("button")].indexOf(button);
  const count = entry.querySelectorAll("button").length;
  try {
    const body = new URLSearchParams(new FormData(event.target));
    const { html } = await send(button.formAction, { method: "POST", body });
    const fresh = swap(entry, html);
    const buttons = fresh.querySelectorAll("button");
    (buttons.length === count ? buttons[place] : fresh.querySelector("button.undo, a"))?.focus();
    announce(DONE[button.formAction.split("/").at(-2)] ?? "Done.");
  } catch (error) {
    entry.ariaBusy = null;
    complain(entry, error.message);
  }
});
