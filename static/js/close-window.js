// Closes the window of a bookmarklet once it has nothing more to say.
if (document.querySelector("[data-close]")) window.close();
