"""A known site and what its pages say in their own way; import `Site`, `SiteFacts`, `site`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from bookmarks.fetching.extract.body import Element
from bookmarks.fetching.extract.page import Found, Page


@dataclass
class SiteFacts:
    """Facts read by the rules of one site, under the names of `PageFacts`.

    A fact that is there goes before what the conventions of the web find, even an empty one: then
    there is none. `related` are identities of what is shown as belonging to the page's subject.
    """

    found: dict[str, Found] = field(default_factory=dict)
    authors: tuple[str, ...] = ()
    related: tuple[str, ...] = ()

    def tell(self, name: str, value: str, source: str) -> None:
        """Note a fact when there is one; its source tells that a rule of the site was needed."""
        if value:
            tag = source.startswith(("citation_", "og:", "json-ld"))
            self.found[name] = Found(value, source if tag else f"site: {source}")

    def deny(self, *names: str) -> None:
        """Note that the page has no such facts, whatever its tags say."""
        self.found |= dict.fromkeys(names, Found())

    def get(self, name: str, otherwise: Callable[[], Found]) -> Found:
        """What was read by the site's rules, else what `otherwise` finds."""
        return self.found[name] if name in self.found else otherwise()


class Site(NamedTuple):
    """A row of the table: a host that begins with a dot stands for all hosts under it."""

    hosts: frozenset[str]
    read: Callable[[Page], SiteFacts]

    def serves(self, host: str) -> bool:
        """Whether `host` is one of this site."""
        if host in self.hosts:
            return True
        _, dot, parent = host.partition(".")
        return bool(dot) and dot + parent in self.hosts


def site(read: Callable[[Page], SiteFacts], *hosts: str) -> Site:
    """A row of the table for these hosts."""
    return Site(frozenset(hosts), read)


def called(page: Page, name: str, element: str = "") -> Iterator[Element]:
    """The elements with `name`, in lower case, among their classes or as their id."""
    for one in page.body.elements:
        if name in one.hint and name in one.hint.split() and element in ("", one.name):
            yield one


def text_of(page: Page, name: str, element: str = "") -> str:
    """The text of the first such element that has any."""
    texts = (page.body.text(one) for one in called(page, name, element))
    return next(filter(None, texts), "")


def after_label(page: Page, *labels: str) -> Element | None:
    """The dd after the first dt that is one of these labels, in lower case, colons left out."""
    waiting = False
    for one in page.body.named("dt", "dd"):
        if one.name == "dt":
            waiting = page.body.text(one).strip(" :").lower() in labels
        elif waiting:
            return one
    return None
