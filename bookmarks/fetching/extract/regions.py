"""Which parts of a page are beside the point: menus, footers, replies; import `mark_asides`."""

import re

from bookmarks.fetching.extract.body import Body, Element
from bookmarks.fetching.extract.document import attribute

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
# A part that holds this share of the text is the page, whatever its class says ("has-sidebar").
TOO_MUCH = 0.4
NEVER = frozenset(("html", "body", "main", "article", "[document]"))


def mark_asides(body: Body) -> None:
    """Set `aside` on every element that is, or stands in, a part beside the point."""
    everything = max(1, len(body.snippets))
    headline = _headline_positions(body)
    for element in body.elements:
        inherited = element.parent is not None and element.parent.aside
        element.aside = inherited or (
            _says_aside(element)
            and not _is_the_page(element, everything)
            and not (headline and element.start <= headline[0] < element.end)
        )


def _headline_positions(body: Body) -> list[int]:
    return [one.start for one in body.named("h1") if one.end > one.start]


def _says_aside(element: Element) -> bool:
    if element.name in NEVER:
        return False
    return (
        element.name in ASIDE_ELEMENTS
        or attribute(element.tag, "role") in ASIDE_ROLES
        or (bool(element.hint) and ASIDE_HINT.search(element.hint) is not None)
    )


def _is_the_page(element: Element, everything: int) -> bool:
    size = element.end - element.start
    return element.name not in ASIDE_ELEMENTS and size > everything * TOO_MUCH
