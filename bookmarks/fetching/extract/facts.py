"""What is known about a page once it is understood; import `PageFacts`."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class PageFacts:
    """The facts of a page; an empty string, an empty tuple or None where the page is silent.

    `description` is the page's own summary; `excerpt` is what to quote: the summary when it is
    long, else the opening of the main text, its paragraphs parted by blank lines. `published` is
    in ISO 8601 and as exact as the page: "2023", "2023-07", "2023-07-09", "2023-07-09T12:00:00Z".
    `kind` is one of article, paper, documentation, course, book, video, code, dataset, model,
    forum, listing, collection, product, service, home. `abstract` is that of a paper, `venue`
    the journal or conference, `doi` bare and in lower case, `identifiers` the identities that the
    page gives itself (see bookmarks.identities). `licence` is that of code, a model or data, as
    shown. `word_count` counts words and `cjk_count` those of them that are single characters of
    Chinese, Japanese or Korean, `page_count` pages of a PDF, `duration` seconds of a video.
    `text` is the main text, paragraphs parted by blank lines. `related` are identities of what a
    page shows as belonging to its subject: the one paper that a repository or a model names.

    `obstacle` names what was found in place of the page asked for: challenge, login, consent,
    not_found, parked, script_only; then the facts are no facts about the link. `blocked` says
    that there is one. `refresh_to` is where an all but empty page sends its reader. `sources`
    tells for each field found where in the page it came from.
    """

    title: str = ""
    description: str = ""
    excerpt: str = ""
    authors: tuple[str, ...] = ()
    site_name: str = ""
    published: str = ""
    modified: str = ""
    language: str = ""
    canonical_url: str = ""
    image: str = ""
    kind: str = ""
    word_count: int | None = None
    cjk_count: int | None = None
    page_count: int | None = None
    duration: int | None = None
    abstract: str = ""
    venue: str = ""
    doi: str = ""
    identifiers: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    pdf_url: str = ""
    code_url: str = ""
    licence: str = ""
    feeds: tuple[str, ...] = ()
    icon: str = ""
    text: str = ""
    charset: str = ""
    obstacle: str = ""
    blocked: bool = False
    refresh_to: str = ""
    sources: dict[str, str] = field(default_factory=dict)
