"""Colab, where notebooks are opened; import `SOURCES`."""

from bookmarks.identities.address import Address
from bookmarks.identities.github import github_file
from bookmarks.identities.recognised import Recognised, known, path_pattern, source

ON_GITHUB = path_pattern(
    r"/github/(?P<owner>[a-z0-9][\w-]{0,60})/(?P<name>[\w.-]{1,110})/(?P<rest>blob/.+\.ipynb)",
    any_case=False,
)
# Google's identifiers of files depend on case.
ON_DRIVE = path_pattern(r"/drive/(?P<id>[A-Za-z0-9_-]{20,100})", any_case=False)


def recognise_colab(address: Address) -> Recognised | None:
    """A notebook: the file on GitHub it was opened from, or one kept at Google."""
    match = ON_GITHUB.match(address.path)
    if match:
        return github_file(match["owner"], match["name"], match["rest"])
    match = ON_DRIVE.match(address.path)
    if not match:
        return None
    url = f"https://colab.research.google.com/drive/{match['id']}"
    return known(f"colab:{match['id']}", url, "notebook")


SOURCES = (source(recognise_colab, "colab.research.google.com", "colab.sandbox.google.com"),)
