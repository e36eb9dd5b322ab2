// Shows how far work is: asks for the page again and again, and loads it when the work is over.
{
  const here = document.querySelector("[data-progress]");
  const wait = Number(here?.dataset.progress);
  const look = async () => {
    if (document.hidden) return setTimeout(look, wait);
    try {
      const answer = await fetch(location.href);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const there = page.querySelector("[data-progress]");
      if (!there) return location.reload();
      here.replaceChildren(...there.childNodes);
    } catch {
      // The site or the line is down for a moment.
    }
    setTimeout(look, wait);
  };
  if (here) setTimeout(look, wait);
}
