// Puts the caret where typing starts: the first refused field of form[data-focus=NAME], else the
// field of that name. Not where a keyboard on the screen would cover the form.
const form = document.querySelector("form[data-focus]");
const refused = form?.querySelector("[aria-invalid=true]");
if (form && (refused || matchMedia("(pointer: fine)").matches)) {
  (refused ?? form.elements[form.dataset.focus]).focus();
}
