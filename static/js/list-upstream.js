// Takes or leaves all that an upstream did, in steps since one request does only so much of it:
// form[data-steps]. The answer to each is how many are left. Without this script one presses again.
import { complain, Refused, send } from "./send.js";

document.addEventListener("submit", async (event) => {
  const { target: form, submitter: button } = event;
  if (!form.matches("[data-steps]") || !button) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form, button));
  const buttons = form.querySelectorAll("button");
  const told = form.querySelector("[role=status]");
  for (const each of buttons) each.disabled = true;
  told.textContent = "One moment…";
  try {
    for (let left = Infinity; left; ) {
      const { status, html } = await send(location.href, { method: "POST", body });
      if (status !== 200) throw new Refused(html);
      const now = Number(html);
      if (!(now < left)) break; // others work on it too: look at it anew
      left = now;
      if (left) told.textContent = `${left.toLocaleString("en")} left…`;
    }
    location.reload();
  } catch (error) {
    for (const each of buttons) each.disabled = false;
    told.textContent = "";
    complain(form, error.message);
  }
});
