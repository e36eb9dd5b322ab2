"""gitlab.com; import `SOURCES`. Projects stand in groups of any depth and ignore case."""

import re

from bookmarks.identities.address import Address
from bookmarks.identities.recognised import Recognised, known, source, words

# https://docs.gitlab.com/user/reserved_names/: first segments that no group is called,
RESERVED_GROUPS = words(
    """
    - admin api assets dashboard explore files groups health_check help import invites jwt login
    oauth profile projects public search sitemap slash-command-logo.png snippets unsubscribes
    uploads users v2
    """
)
# and later ones that no project is called: what follows is inside the project. Until GitLab 12
# the "/-" before them was missing.
INSIDE = words(
    """
    - badges blame blob builds commit commits compare create edit find_file issues merge_requests
    network new pipelines preview raw refs releases tags tree update wikis
    """
)
SEGMENT = re.compile(r"[A-Za-z0-9_][\w.-]{0,254}\Z", re.ASCII)
SUFFIX = re.compile(r"(?:\.git|\.atom|\.)+\Z", re.IGNORECASE)


def recognise_gitlab(address: Address) -> Recognised | None:
    """A project; pages inside one are the project."""
    segments = address.path.split("/")[1:]
    cut = next((at for at, one in enumerate(segments) if at > 1 and one.lower() in INSIDE), None)
    project = segments[:cut]
    if len(project) < 2 or project[0].lower() in RESERVED_GROUPS:
        return None
    project[-1] = SUFFIX.sub("", project[-1][:260])
    if INSIDE & {one.lower() for one in project[1:]} or not all(map(SEGMENT.match, project)):
        return None
    path = "/".join(project)
    return known(f"gitlab:{path.lower()}", f"https://gitlab.com/{path}", "code")


SOURCES = (source(recognise_gitlab, "gitlab.com"),)
