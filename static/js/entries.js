// The one script of every list: brings what an entry needs when somebody turns to one, not before.
// Without it links lead to pages and buttons send their form, to the same end.

const MISSING = "The site cannot be reached. Nothing was changed; try again when you are online.";

/** Runs a function with the module at hand, or says inside `entry` that it could not be had. */
async function use(module, entry, run) {
  try {
    run(await module());
  } catch {
    const line = entry.querySelector(".error") ?? document.createElement("p");
    line.className = "error";
    line.role = "alert";
    line.textContent = MISSING;
    entry.append(line);
  }
}

const more = () => import("./more.js");
const edit = () => import("./entry-edit.js");
const buttons = () => import("./entry-buttons.js");

document.addEventListener("click", (event) => {
  const link = event.target.closest?.(".bookmark :is(a.more, a.edit)");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  use(link.matches(".more") ? more : edit, link.closest(".bookmark"), ({ open }) => open(link));
});

document.addEventListener("submit", (event) => {
  const { target: form, submitter: button } = event;
  const entry = button?.closest("[id^='b-']");
  if (!entry || !form.matches("[data-act]")) return;
  event.preventDefault();
  use(buttons, entry, ({ press }) => press(button, entry, form));
});

/** Fetches the modules of what somebody is about to use. */
function prepare({ target }) {
  if (!target.closest?.(".bookmark .edit_links, .bookmark .star")) return;
  for (const name of ["pointerover", "focusin"]) document.removeEventListener(name, prepare);
  edit().catch(() => {});
  buttons().catch(() => {});
}
for (const name of ["pointerover", "focusin"]) document.addEventListener(name, prepare);
