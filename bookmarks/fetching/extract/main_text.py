"""The main text of a page; import `find_main_text`."""

import re
from dataclasses import dataclass

from bookmarks.fetching.extract.body import Body, Element, Line
from bookmarks.fetching.extract.text import count_cjk, count_words, cut

# A line this long is prose; shorter ones are labels, menus, captions.
PROSE = 60
MOSTLY_LINKS = 0.5
# Prose has sentences; a long line of names, dates and labels has not.
SENTENCE = re.compile(r"[.!?…](?=[\s\"'”’)\]]|$)|:$|[。！？।؟]")
# The main text is in the smallest element with so much of the prose: less, and a page in parts
# loses some of them; more, and a single stray notice pulls in everything.
SHARE = 0.7
# A page whose main element has less than this share of its words is made of many parts: a front
# page, a list of jobs, a table of properties.
WHOLE = 0.5

# So many words without a sentence are a table, a price list, the front page of a firm.
MANY_LABELS = 100

# What stands in the midst of the text and is none: who wrote a post and what he always adds, walls
# and appeals, controls, the apparatus at the end.
NO_TEXT_HINT = re.compile(
    r"(?:^|[\s_-])(?:signature|postprofile|post-?author|message-user(?!content)\w*|message-attribution\w*|"
    r"message-lastedit|user-?(?:details|info|statistics|title)|author-?box|paywall|restricted|"
    r"promo\w*|cta|call-?to-?action|donat\w+|utility|dropdown|comment\w*|references|footnotes\w*|"
    r"citations)(?:$|[\s_-])"
)
NO_TEXT_ELEMENTS = frozenset(("form", "fieldset", "label", "dialog"))
# A part that holds this share of the page is the page, whatever it is called.
TOO_MUCH = 0.4
# Where the message itself is in the software that forums run on.
POST_HINT = re.compile(
    r"(?:^|[\s_-])(?:bbwrapper|post-?body|post_?message|post-?content|post-?text|message-?body|"
    r"message-?content|messagetext|commtext|cooked|ipstype_richtext|ipsrichtext--user|"
    r"usertext-body|msg[-_]?body|msg_\d+)(?:$|[\s_-])"
)

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "summary"))
LONGEST_HEADING = 60
# A heading after which an article is over.
AFTERWARDS = re.compile(
    r"^(?:related\b|more (?:from|in|on this|like this|stories|articles|posts|news|reading)"
    r"|read next|recommended\b|you (?:may|might) also|(?:article )?sources$|references$|footnotes$"
    r"|comments?\b|leave a (?:reply|comment)|share this|about the authors?|keep reading"
    r"|what to read next|customers also)",
    re.IGNORECASE,
)


# More of a text than this is never kept; a long book has so much.
LONGEST_TEXT = 200_000

MORE = re.compile(r"more\b|mehr\b|plus d|más\b", re.IGNORECASE)


@dataclass(frozen=True)
class MainText:
    """The paragraphs of the main text in order, all its lines, and its number of words.

    `text` has headings and lists too, its lines parted by blank ones. `cjk_count` are those of the
    words that are single characters.
    """

    paragraphs: tuple[str, ...] = ()
    text: str = ""
    word_count: int = 0
    cjk_count: int = 0


def find_main_text(body: Body, kind: str) -> MainText:
    """What a page of this kind is there for, without what is beside the point inside it.

    Of a thread in a forum that is the messages; else it is the element that holds most of the
    prose, or the whole page when that is made of many parts.
    """
    told = _told_lines(body, kind)
    lines = [line for line in told if not line.block.aside]
    main = (kind == "forum" and _messages(told)) or _main_lines(lines)
    if kind == "article":
        main = _before_the_end(main)
    paragraphs = tuple(line.text for line in main if _is_prose(line))
    text = "\n\n".join([line.text for line in main])
    return MainText(paragraphs, cut(text, LONGEST_TEXT), count_words(text), count_cjk(text))


def _words(lines: list[Line]) -> int:
    return sum(count_words(line.text) for line in lines)


def _told_lines(body: Body, kind: str) -> list[Line]:
    """The lines outside of what is no text, those in asides among them."""
    most = len(body.snippets) * TOO_MUCH
    hints = {element.hint for element in body.elements}
    no_text = {hint for hint in hints if hint and NO_TEXT_HINT.search(hint)}
    left_out: set[int] = set()
    forum = kind == "forum"
    threads = _around_messages(body) if forum else set()
    for element in body.elements:
        says_so = (
            element.hint in no_text
            or element.name in NO_TEXT_ELEMENTS
            or (forum and element.name == "blockquote")  # it stands in a message before
        ) and element.number not in threads
        inherited = element.parent is not None and element.parent.number in left_out
        if inherited or (says_so and element.end - element.start < most):
            left_out.add(element.number)
    return [line for line in body.lines if line.block.number not in left_out]


def _around_messages(body: Body) -> set[int]:
    """The elements that stand around messages: forums put a whole thread into a form."""
    around: set[int] = set()
    hints = {element.hint for element in body.elements}
    messages = {hint for hint in hints if hint and POST_HINT.search(hint)}
    for element in body.elements if messages else ():
        above = element.parent if element.hint in messages else None
        while above is not None and above.number not in around:
            around.add(above.number)
            above = above.parent
    return around


def _messages(lines: list[Line]) -> list[Line]:
    """The lines inside of messages, whatever the part that holds the messages is called."""
    known: dict[int, bool] = {}
    return [line for line in lines if _in_message(line.block, known)]


def _in_message(element: Element, known: dict[int, bool]) -> bool:
    """Whether an element is in a message; `known` holds the answers so far, by number."""
    way: list[int] = []
    above: Element | None = element
    found = False
    while above is not None and not found:
        if above.number in known:
            found = known[above.number]
            break
        way.append(above.number)
        found = bool(above.hint) and POST_HINT.search(above.hint) is not None
        if not found and above.aside and not (above.parent and above.parent.aside):
            break  # an aside of its own, inside of a message
        above = above.parent
    known.update(dict.fromkeys(way, found))
    return found


def _main_lines(lines: list[Line]) -> list[Line]:
    root = _main_element([line for line in lines if _is_prose(line)])
    if root is None:  # labels and links alone
        return lines if _words(lines) >= MANY_LABELS else []
    inside = [line for line in lines if line.block.within(root)]
    return inside if _words(inside) >= _words(lines) * WHOLE else lines


def _before_the_end(lines: list[Line]) -> list[Line]:
    """The lines up to a heading, in the second half of the text, after which other things come."""
    half = sum(len(line.text) for line in lines) / 2
    seen = 0
    for position, line in enumerate(lines):
        seen += len(line.text)
        if (
            seen > half
            and line.block.name in HEADINGS
            and len(line.text) <= LONGEST_HEADING
            and (AFTERWARDS.search(line.text) or _heads_links(lines[position : position + 2]))
        ):
            return lines[:position]
    return lines


def _heads_links(lines: list[Line]) -> bool:
    """Whether a heading "More ..." has a link below it and no text."""
    if len(lines) < 2 or not MORE.match(lines[0].text):
        return False
    return lines[1].linked > len(lines[1].text) * MOSTLY_LINKS


def _is_prose(line: Line) -> bool:
    return (
        not line.block.aside
        and len(line.text) >= PROSE
        and line.linked < len(line.text) * MOSTLY_LINKS
        and SENTENCE.search(line.text) is not None
    )


def _main_element(prose: list[Line]) -> Element | None:
    """The smallest element with `SHARE` of the prose in it."""
    held: dict[int, int] = {}
    elements: dict[int, Element] = {}
    for line in prose:
        element: Element | None = line.block
        while element is not None:
            held[element.number] = held.get(element.number, 0) + len(line.text)
            elements[element.number] = element
            element = element.parent
    enough = sum(len(line.text) for line in prose) * SHARE
    holders = [elements[number] for number, size in held.items() if size >= enough]
    return min(holders, key=lambda one: one.end - one.start, default=None)
