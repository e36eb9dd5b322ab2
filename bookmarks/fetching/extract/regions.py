"""Which parts of a page are beside the point: menus, footers, replies; import `mark_asides`."""

import re

from bookmarks.fetching.extract.body import Body, Element

ASIDE_ELEMENTS = frozenset(("nav", "footer", "aside", "menu"))
ASIDE_ROLES = frozenset(
    ("navigation", "contentinfo", "complementary", "search", "dialog", "alertdialog", "menu")
)
# Names that authors of pages give to such parts, as whole parts of a class or id.
ASIDE_HINT = re.compile(
    r"(?:^|[\s_-])(?:comments?|respond|replies|related|sidebar|side-bar|recommend(?:ed|ations?)?|"
    r"newsletter|subscribe|subscription|promos?|share|sharing|social|cookies?|consent|gdpr|"
    r"breadcrumbs?|pagination|pager|menus?|advert(?:s|isement)?|ads?|sponsor(?:ed)?|popups?|modal|"
    r"footer|navbar|navigation|nav|disqus|trending|most-read|read-next|more-stories|"
    r"more-posts|also-like|author-bio|about-author|sr-only|screen-reader-text|visually-hidden|"
    r"skip-link|tags?|toc|table-of-contents|login|signup|sign-up|toolbar)(?:$|[\s_-])"
)
# Classes that say what a thing is about or how it is laid out, as publishing systems set them on
# whole posts ("tag-newsletter", "category-social", "has-sidebar"); "tag-list" is a part.
NO_PART = re.compile(
    r"(?:^|(?<=\s))(?:tag-(?!list|cloud|links)|category-|has-|no-|with-|without-)\S+"
)
# A part that holds this share of the text is the page, whatever its class says ("has-sidebar").
TOO_MUCH = 0.4
NEVER = frozenset(("html", "body", "main", "article", "blockquote", "[document]"))


def mark_asides(body: Body) -> None:
    """Set `aside` on every element that is, or stands in, a part beside the point."""
    everything = max(1, len(body.snippets))
    hints = {element.hint for element in body.elements}  # the same ones occur again and again
    aside_hints = {hint for hint in hints if hint and _names_aside(hint)}
    headline = _headline_positions(body)
    for element in body.elements:
        inherited = element.parent is not None and element.parent.aside
        element.aside = inherited or (
            _says_aside(element, aside_hints)
            and not _is_the_page(element, everything)
            and not (headline and _holds(element, headline[0]))
        )


def _names_aside(hint: str) -> bool:
    return ASIDE_HINT.search(hint) is not None and bool(ASIDE_HINT.search(NO_PART.sub("", hint)))


def _headline_positions(body: Body) -> list[int]:
    return [one.start for one in body.named("h1") if one.end > one.start]


def _holds(element: Element, position: int) -> bool:
    """Whether a headline stands in an element; in a menu or a footer it is a logo."""
    return element.name not in ("nav", "footer") and element.start <= position < element.end


def _says_aside(element: Element, aside_hints: set[str]) -> bool:
    if element.name in NEVER:
        return False
    return (
        element.name in ASIDE_ELEMENTS
        or element.get("role") in ASIDE_ROLES
        or element.hint in aside_hints
    )


def _is_the_page(element: Element, everything: int) -> bool:
    size = element.end - element.start
    return element.name not in ASIDE_ELEMENTS and size > everything * TOO_MUCH
