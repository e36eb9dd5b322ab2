"""What people write with marks, made HTML: Markdown in notes, TeX in titles. Pure.

Import `markdown`, `markdown_words`, `with_math`, `plain_title`, `Html`.
"""

from bookmarks.markup.html import Html
from bookmarks.markup.notes import markdown, markdown_words
from bookmarks.markup.titles import cut_outside_math, plain_title, with_math

__all__ = ["Html", "cut_outside_math", "markdown", "markdown_words", "plain_title", "with_math"]
