"""Tests of `bookmarks.identities`."""
