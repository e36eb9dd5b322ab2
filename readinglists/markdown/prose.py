"""Tells what is said about a list from what is listed. Import `is_about`, `is_told_by_date`,
`is_led_by_links`, `is_bare_link`, `is_headline`, `is_links_alone`.

Pure. What is told here holds for classes of texts: introductions, news, addresses of communities.
"""

import re

from readinglists.markdown.entry import Context, external
from readinglists.markdown.labels import is_generic, is_weak, plain_words

ABOUT = re.compile(
    r"about( (this|the|us|me)( .{0,30})?)?|how to use( .{0,40})?|usage|install(ation|ing)?"
    r"|motivation|legend|conventions?|goals?|scope",
    re.I,
)
NEWS = re.compile(
    r"(latest |recent )?(news|updates?|announcements?|releases?|highlights?)|what.?s new", re.I
)
MONTH = r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
DATED = re.compile(
    rf"\W*(?:(?:19|20)\d\d\W\d|\d{{1,2}}\W\d{{1,2}}\W(?:19|20)?\d\d"
    rf"|(?:{MONTH})[a-z]*\W+\d|\d{{1,2}}\W+(?:{MONTH}))",
    re.I,
)
# What a link says that leads to people, and to nothing to read.
PEOPLE = re.compile(
    r"(follow|join|subscribe|tweet|chat|contact|e-?mail|donate|sponsor|contribut|licen[sc]e"
    r"|open (an )?(issue|pull)|discord|slack|twitter|telegram|gitter|wechat)\b.*",
    re.I | re.S,
)
# Plain words before a link that still leads its line, as a number or a picture does.
MOST_BEFORE = 3
MOST_LINKS = 4


def is_about(title: str) -> bool:
    """Tell whether a heading stands above words on the list itself, and how to use it."""
    return ABOUT.fullmatch(plain_words(title)) is not None


def is_told_by_date(title: str, entries: list[str]) -> bool:
    """Tell whether entries are news: so says their heading, and most begin with a date."""
    dated = sum(DATED.match(entry) is not None for entry in entries)
    return NEWS.fullmatch(plain_words(title)) is not None and dated * 2 > len(entries)


def is_led_by_links(entries: list[str], context: Context) -> bool:
    """Tell whether at least half of the entries begin with a link, or have only links like [pdf].

    Elsewhere, before the first heading, bullets are sentences with links in them.
    """
    led = 0
    for entry in entries:
        links = context.links(entry)
        if links and not PEOPLE.match(links[0].label):
            before = plain_words(entry[: links[0].run.start])
            led += len(before) <= MOST_BEFORE or all(is_generic(one.label) for one in links)
    return led * 2 >= len(entries)


def is_bare_link(text: str, context: Context) -> bool:
    """Tell whether a paragraph is one named link; others may follow in brackets."""
    runs = context.runs(text)
    links = external(runs, context)
    if not links or len(links) > MOST_LINKS or plain_words(text[: links[0].run.start]):
        return False
    first = links[0]
    named = not is_generic(first.label) or is_weak(first.label)
    words = plain_words("".join(run.text for run in runs if run.kind not in ("link", "mark")))
    if not named or first.run.src or first.run.text == first.run.href or words:
        return False
    return all(text[one.run.start - 1] in "([" or is_generic(one.label) for one in links[1:])


def is_headline(text: str, context: Context) -> bool:
    """Tell whether a paragraph begins with a title in bold, and has no links itself."""
    runs = context.runs(text)
    first = next((run for run in runs if run.kind != "mark" and plain_words(run.text)), None)
    if first is None or not first.bold or external(runs, context):
        return False
    return len(plain_words(first.text)) > MOST_BEFORE


def is_links_alone(text: str, context: Context) -> bool:
    """Tell whether a paragraph is nothing but links or badges such as pdf, code, arXiv."""
    runs = context.runs(text)
    links = external(runs, context)
    words = plain_words("".join(run.text for run in runs if run.kind not in ("link", "mark")))
    named = [one for one in links if not (one.run.src or is_generic(one.label))]
    return bool(links) and not words and not named
