// Closes the window of a bookmarklet once the page is saved.
window.close();
