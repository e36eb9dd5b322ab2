// Tells that a file is too big before it is sent.
for (const form of document.querySelectorAll("form[data-most]")) {
  const file = form.querySelector("input[type=file]");
  const error = document.getElementById(`${file.id}_error`);
  file.addEventListener("change", () => {
    const big = [...file.files].some((one) => one.size > Number(form.dataset.most));
    error.textContent = big ? form.dataset.tooBig : "";
    error.hidden = !big;
    file.toggleAttribute("aria-invalid", big);
    file.setCustomValidity(big ? form.dataset.tooBig : "");
  });
}
