"""Where the text of a README is that a person sees as a page. Import `raw_address`. Pure."""

import re
from urllib.parse import urlsplit

OWNER = r"(?P<owner>[\w.-]+)/(?P<name>[\w.-]+)"
BLOB = re.compile(rf"/{OWNER}/(?:blob|raw|edit|tree)/(?P<ref>[^/]+)/(?P<path>.+\.\w+)\Z")
REPOSITORY = re.compile(rf"/{OWNER}(?:/(?:tree|blob)/(?P<ref>[^/]+))?/?\Z")


def raw_address(url: str) -> str:
    """Return the address of the text behind a page of GitHub; other addresses as they are."""
    parts = urlsplit(url)
    if (parts.hostname or "").removeprefix("www.") != "github.com":
        return url
    host = "https://raw.githubusercontent.com"
    if found := BLOB.match(parts.path):
        return f"{host}/{found['owner']}/{found['name']}/{found['ref']}/{found['path']}"
    if found := REPOSITORY.match(parts.path):
        ref = found["ref"] or "HEAD"
        name = found["name"].removesuffix(".git")
        return f"{host}/{found['owner']}/{name}/{ref}/README.md"
    return url
