"""What the templates of bookmarks, and of the apps above them, may call."""
