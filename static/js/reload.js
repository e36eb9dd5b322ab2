// Loads a page again after a while, as long as it says that its work goes on.
{
  const waiting = document.querySelector("[data-reload-every]");
  if (waiting) setTimeout(() => location.reload(), Number(waiting.dataset.reloadEvery));
}
