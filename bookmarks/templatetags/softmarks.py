"""Filters for templates: `{% load softmarks %}`."""

from datetime import datetime

from django import template
from django.utils import timezone

from bookmarks import entries, markup, wording
from bookmarks.paths import list_path

register = template.Library()


@register.filter
def safe_href(url: str) -> str:
    """Return an address to link to; "#" for anything but http and https."""
    return entries.safe_href(url)


@register.filter
def person_path(username: str) -> str:
    """Return the path of a person's bookmarks."""
    return list_path(username)


@register.filter
def relative(at: datetime) -> str:
    """Return a time as people say it: "8 weeks ago"."""
    return wording.relative_time(at, timezone.now())


@register.filter
def stamp(at: datetime) -> str:
    """Return a time in full: "2018.03.31 07:26:25"."""
    return wording.time_stamp(at)


@register.filter
def machine_time(at: datetime) -> str:
    """Return a time for `<time datetime>`."""
    return wording.machine_time(at)


@register.filter
def markdown(text: str) -> markup.Html:
    """Return a note in Markdown as HTML. For the content of an element, never for an attribute."""
    return markup.markdown(text)


@register.filter
def markdown_words(text: str) -> str:
    """Return the words of a note in Markdown, for an attribute."""
    return markup.markdown_words(text)


@register.filter
def math_title(text: str, most: int = 12) -> str:
    """Return a title or quotation with its TeX shown. For the content of an element alone."""
    return markup.with_math(text, most=most)


@register.filter
def math(text: str) -> str:
    """Return a person's own words with formulas shown. For the content of an element alone."""
    return markup.with_math(text, words=False)


@register.filter
def plain_title(text: str) -> str:
    """Return a title without TeX, for the title of a page or an attribute."""
    return markup.plain_title(text)
