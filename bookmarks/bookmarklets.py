"""The bookmarklets, as code to be dragged to a bookmarks bar. Import `bookmarklets_for`. Pure.

They call `/add` with Pinboard's parameters, so that what people know keeps working.
"""

import json
from dataclasses import dataclass
from urllib.parse import quote


@dataclass(frozen=True)
class Bookmarklet:
    """A link that saves the page one is looking at; `code` is its `javascript:` address."""

    name: str
    explanation: str
    code: str


# The address, title and selected words of the page, as a query string.
PAGE = "'url='+e(d.location.href)+'&title='+e(d.title)"
SELECTION = "+'&description='+e(''+(d.getSelection?d.getSelection():''))"


def bookmarklets_for(address: str) -> list[Bookmarklet]:
    """Return the bookmarklets that save at `address`, this site's `/add`."""
    popup = "toolbar=no,scrollbars=yes,resizable=yes,"
    return [
        Bookmarklet(
            "save",
            "Opens a small window with the form; selected words become the description.",
            _popup(
                address, "jump=close&source=bookmarklet", f"{popup}width=720,height=560", SELECTION
            ),
        ),
        Bookmarklet(
            "save with tags",
            "The same, with your tags to click on.",
            _popup(
                address,
                "showtags=yes&jump=close&source=bookmarklet",
                f"{popup}width=760,height=780",
                SELECTION,
            ),
        ),
        Bookmarklet(
            "read later",
            "Keeps the page as unread after one click, without a form.",
            _popup(
                address,
                "later=yes&noui=yes&jump=close&source=bookmarklet",
                f"{popup}width=420,height=320",
                "",
            ),
        ),
        Bookmarklet(
            "save here",
            "Shows the form in the same window and comes back to the page. For phones.",
            _script(
                f"d.location={_text(address)}+'?next=same&source=bookmarklet&'+{PAGE}{SELECTION}"
            ),
        ),
    ]


def _popup(address: str, flags: str, window: str, selection: str) -> str:
    target = f"{_text(address)}+'?{flags}&'+{PAGE}{selection}"
    return _script(f"open({target},'softmarks',{_text(window)})")


def _script(statement: str) -> str:
    code = f"(function(){{var d=document,e=encodeURIComponent;{statement};}})()"
    return "javascript:" + quote(code, safe="()!*'~;,/?:@&=+$[]{}")


def _text(text: str) -> str:
    """Return a JavaScript string literal that cannot end the script around it."""
    return json.dumps(text).replace("<", "\\u003c")
