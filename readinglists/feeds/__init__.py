"""Feeds of lists and of what one follows: their items, the newest first, each with its note."""
