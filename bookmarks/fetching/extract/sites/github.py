"""GitHub: a repository is called by its name, everything else in it by its own."""

import re

from bookmarks.fetching.extract.page import Found, Page
from bookmarks.fetching.extract.sites.site import SiteFacts, called, site
from bookmarks.identities import recognise

# The title element of a repository, a branch or a folder; of a thing with a number; of a file.
REPOSITORY = re.compile(r"^GitHub - (?P<name>[\w.-]+/[\w.-]+)(?:$|:| at )")
NUMBERED = re.compile(
    r"^(?P<title>.+?)(?: by \S+)? · (?:Issue|Pull Request|Discussion) #\d+ · [\w.-]+/[\w.-]+"
)
CONTRIBUTE = re.compile(
    r"\s*Contribute to \S+ development by creating an account on GitHub\.?", re.IGNORECASE
)
LICENCE = re.compile(r"(?P<name>\S.{0,40}?) licen[sc]e", re.IGNORECASE)
NO_LICENCE = frozenset(("view", "view the", "custom", "other", "unknown", "see"))
MAX_LINKS = 3_000


def read_github(page: Page) -> SiteFacts:
    """A repository and what is inside of one; other pages follow the conventions."""
    facts = SiteFacts()
    known = recognise(page.url)
    if known is None or not known.identity.startswith("github:"):
        return facts
    owner, name, *rest = known.canonical_url.removeprefix("https://github.com/").split("/")
    repository = f"{owner}/{name}"
    title = page.title_element.removesuffix(" · GitHub")
    written = REPOSITORY.match(title)
    if written and written["name"].casefold() == repository.casefold():
        repository = written["name"]
    named = _title(title, repository, rest)
    facts.tell("title", named.value, named.source)
    described = page.meta.source("og:description", "description")
    facts.deny("description")
    facts.tell("description", _description(page, repository), described)
    if not rest or rest[0] in ("tree", "blob"):
        facts.deny("published")
        facts.tell("licence", _licence(page), "link")
        facts.related = _papers(page)
    facts.tell("site_name", "GitHub", "host")
    return facts


def _title(title: str, repository: str, rest: list[str]) -> Found:
    if not rest:
        return Found(repository, "address")
    if rest[0] in ("tree", "blob"):
        inside = "/".join(rest[2:])
        return Found(f"{repository}: {inside}" if inside else repository, "address")
    if numbered := NUMBERED.match(title):
        return Found(numbered["title"], "title")
    own = title.partition(f" · {repository}")[0]
    return Found(f"{repository}: {own}" if len(own) < 30 else own, "title")


def _description(page: Page, repository: str) -> str:
    """What the owner says of the repository, without what GitHub adds."""
    text = CONTRIBUTE.sub("", page.meta.first("og:description", "description")).strip()
    name = re.escape(repository)
    text = re.sub(rf"(?:^|\s+-\s+|\.\s+){name}\s*$", "", text, flags=re.IGNORECASE)
    return text.strip(" -")


def _licence(page: Page) -> str:
    """The licence beside the repository, which links to its file."""
    for one in page.body.named("a"):
        href = one.get("href").lower()
        if "licen" not in href and "-ov-file" not in href and "copying" not in href:
            continue
        found = LICENCE.fullmatch(page.body.text(one))
        if found and found["name"].lower() not in NO_LICENCE:
            return found["name"]
    return ""


def _papers(page: Page) -> tuple[str, ...]:
    """The paper that the README links to, when it is the only one."""
    readme = next(called(page, "markdown-body"), None)
    links = (
        [one for one in page.body.inside(readme)[:MAX_LINKS] if one.name == "a"] if readme else []
    )
    papers: dict[str, None] = {}
    for one in links:
        known = recognise(one.get("href")) if "arxiv" in one.get("href").lower() else None
        if known and known.identity.startswith("arxiv:"):
            papers[known.identity] = None
    return tuple(papers) if len(papers) == 1 else ()


SITES = (site(read_github, "github.com", "m.github.com"),)
