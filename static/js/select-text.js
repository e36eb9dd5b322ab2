// Selects what is there to be copied, so that one key copies it.

document.querySelector("[data-select]")?.select();
