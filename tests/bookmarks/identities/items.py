"""How the tables of addresses are written; import `Item`, `Form`, `forms_of`.

An item is what is named, a form one of the addresses it has, with the reason for its row.
"""

from typing import NamedTuple


class Item(NamedTuple):
    """What several addresses name, and those addresses with a reason each."""

    identity: str
    canonical_url: str
    kind: str
    forms: tuple[tuple[str, str], ...]
    # Whether an address in capitals still names it.
    any_case: bool = True

    @property
    def urls(self) -> list[str]:
        """The addresses alone."""
        return [url for url, _reason in self.forms]


class Form(NamedTuple):
    """One address of an item."""

    url: str
    item: Item


def forms_of(*items: Item) -> list[Form]:
    """Every address of these items."""
    return [Form(url, item) for item in items for url in item.urls]
