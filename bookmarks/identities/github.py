"""GitHub; import `SOURCES`, `github_file`. Names do not depend on case, paths of files do."""

import re

from bookmarks.identities.address import Address, quote_path
from bookmarks.identities.recognised import Kind, Recognised, known, path_pattern, source, words

# A name of a repository has at most 100 characters, of an owner 39 (and a suffix of a company).
REPOSITORY = path_pattern(
    r"/(?P<owner>[a-z0-9][\w-]{0,60})/(?P<name>[\w.-]{1,110})(?:/(?P<rest>.+))?"
)
# GitHub serves a repository with and without; names end in neither.
SUFFIX = re.compile(r"(?:\.git|\.)+\Z", re.IGNORECASE)
# What shows the repository itself: its default branch, its README.
FRONT = path_pattern(r"(?:tree|blob)/(?:main|master|HEAD)(?:/readme(?:\.(?:md|rst|txt))?)?")
# On these parameters it depends which list a page such as /issues shows.
LIST_PARAMETERS = words("q page after before query")

# First segments that are GitHub's own pages: what github.com links to, and the names its sign-up
# refuses (as gathered in https://github.com/Mottie/github-reserved-names).
RESERVED = words(
    """
    about account accounts advisories apps articles assets blog business businesses codespaces
    collections companies compare contact copilot customer-stories customers dashboard
    developer discussions enterprise enterprises events explore features files gist gists
    github-copilot help home integrations issues join login logout marketplace mcp mobile
    network new news nonprofit notifications oauth organizations orgs partners pages personal
    premium-support press pricing projects pulls readme releases resources sales search security
    sessions settings shop showcases signup site site-map solutions sponsors stars status
    support team teams terms topics tos trending users watching why-github wiki
    """
)


def recognise_github(address: Address) -> Recognised | None:
    """A repository, or a page inside one, which stays apart from it."""
    match = REPOSITORY.match(address.path)
    if not match or match["owner"].lower() in RESERVED:
        return None
    rest = match["rest"] or ""
    if rest and LIST_PARAMETERS & address.parameter_names():
        return None
    if FRONT.match(rest):
        rest = ""
    return github_file(match["owner"], match["name"], rest)


def github_file(owner: str, name: str, rest: str = "") -> Recognised | None:
    """What `owner/name` holds at `rest`, such as `blob/main/train.ipynb`; nothing: the whole."""
    name = SUFFIX.sub("", name)
    if not name:
        return None
    inside = f"/{quote_path(rest)}" if rest else ""
    kind: Kind = "notebook" if rest.lower().endswith(".ipynb") else "code"
    url = f"https://github.com/{owner}/{name}{inside}"
    return known(f"github:{owner}/{name}".lower() + inside, url, kind)


SOURCES = (source(recognise_github, "github.com", "m.github.com"),)
