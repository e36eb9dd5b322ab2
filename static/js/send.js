// Talks to the server for the other scripts: send, swap, announce.

export const NO_NETWORK = "The site cannot be reached. Nothing was changed; try again when you are online.";

/** What went wrong, as a sentence for the person. */
export class Refused extends Error {}

/** Sends and returns {status, html}; throws Refused with a sentence when there is no such answer. */
export async function send(url, options = {}) {
  const headers = { "X-Requested-With": "fetch" };
  let answer, html;
  try {
    answer = await fetch(url, { ...options, headers });
    html = await answer.text();
  } catch {
    throw new Refused(NO_NETWORK);
  }
  if (answer.redirected || answer.status === 403) {
    throw new Refused("You are logged out. Log in again in another tab, load this page anew and repeat.");
  }
  if (answer.status === 404) throw new Refused("This is gone. Load the page anew to see what is there.");
  if (answer.status === 429) throw new Refused("That was a lot at once. Wait a minute and try again.");
  if (answer.status >= 500) throw new Refused("Something broke on the site. Nothing was changed; try again in a minute.");
  return { status: answer.status, html };
}

/** Puts the one element that `html` describes in the place of `old`, and returns it. */
export function swap(old, html) {
  const holder = document.createElement("template");
  holder.innerHTML = html.trim();
  const fresh = holder.content.firstElementChild;
  old.replaceWith(fresh);
  return fresh;
}

let voice;

/** Says a sentence to those who listen to the page. */
export function announce(sentence) {
  if (!voice) {
    voice = document.createElement("p");
    voice.className = "vh";
    voice.setAttribute("role", "status");
    document.body.append(voice);
  }
  voice.textContent = "";
  setTimeout(() => (voice.textContent = sentence), 50);
}

/** Shows what went wrong inside `place`, once, and says it. */
export function complain(place, sentence) {
  let line = place.querySelector(":scope > .error");
  if (!line) {
    line = document.createElement("p");
    line.className = "error";
    line.setAttribute("role", "alert");
    place.append(line);
  }
  line.textContent = sentence;
}
