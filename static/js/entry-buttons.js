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

/** Does what `button` of `entry` says, with the token in `form`. */
export async function press(button, entry, form) {
  if (entry.ariaBusy === "true") return;
  entry.ariaBusy = "true";
  const before = [...entry.querySelectorAll("button")];
  try {
    const body = new URLSearchParams(new FormData(form));
    const { html } = await send(button.formAction, { method: "POST", body });
    const fresh = swap(entry, html);
    const buttons = fresh.querySelectorAll("button");
    const next = buttons.length === before.length ? buttons[before.indexOf(button)] : null;
    (next ?? fresh.querySelector("button.undo, a"))?.focus();
    announce(DONE[button.formAction.split("/").at(-2)] ?? "Done.");
  } catch (error) {
    entry.ariaBusy = null;
    complain(entry, error.message);
  }
}
