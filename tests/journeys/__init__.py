"""Whole walks through a real running site, over HTTP alone."""
