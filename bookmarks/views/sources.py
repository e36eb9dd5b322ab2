"""Where a bookmark comes from, as it is shown: "from iphone". Import `source_of`."""

from django.http import HttpRequest

DOORS = frozenset({"bookmarklet", "share"})
DEVICES = (("iPhone", "iphone"), ("iPad", "ipad"), ("Android", "android"))


def source_of(request: HttpRequest, door: str) -> str:
    """Return the name of the device where it is a telling one, else of the door that was used.

    `door` is what the request claims; only doors we know count, anything else is the form.
    """
    agent = request.headers.get("User-Agent", "")
    device = next((name for mark, name in DEVICES if mark in agent), "")
    return device or (door if door in DOORS else "form")
