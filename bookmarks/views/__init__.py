"""What people see of bookmarks: lists, one bookmark, one URL, and the ways to save."""
