"""What is known about a page once it is understood; import `PageFacts`."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class PageFacts:
    """The facts of a page; an empty string, an empty tuple or None where the page is silent.

    `description` is the page's own summary; `excerpt` is what to quote: the summary when it is
    long, else the opening of the main text, its paragraphs parted by blank lines. `published` is
    in ISO 8601 and as exact as the page: "2023", "2023-07", "2023-07-09", "2023-07-09T12:00:00Z".
    `kind` is one of article, forum, documentation, listing, product, collection, service.
    `blocked` marks a page that stands in the way of the one asked for (a captcha, a log-in wall,
    a challenge): its facts are no facts about the link. `sources` tells for each field found
    where in the page it came from.
    """

    title: str = ""
    description: str = ""
    excerpt: str = ""
    authors: tuple[str, ...] = ()
    site_name: str = ""
    published: str = ""
    language: str = ""
    canonical_url: str = ""
    image: str = ""
    kind: str = ""
    word_count: int | None = None
    charset: str = ""
    blocked: bool = False
    sources: dict[str, str] = field(default_factory=dict)
