"""Proceedings that publish openly: ACL, PMLR, JMLR, NeurIPS, CVF; import `SOURCES`."""

from bookmarks.identities.address import Address, quote_path
from bookmarks.identities.recognised import Recognised, known, path_pattern, source

# https://aclanthology.org/info/ids/: "2020.acl-main.447" since 2020, "P18-1001" before.
ACL = path_pattern(
    r"/(?:anthology(?:-new)?/)?(?:papers/|pdf/)?(?:[A-Z]/[A-Z]\d\d/)?"
    r"(?P<id>\d{4}\.[a-z0-9_]+-[a-z0-9]+\.\d+|[A-Z]\d{2}-\d{4,5})"
    r"(?P<version>v[1-9])?(?:\.pdf|\.bib|/(?P=id))?"
)
# "haarnoja18b": first author, year, letter. Volumes are numbered, reissues begin with r.
PMLR = path_pattern(
    r"(?:/proceedings/papers)?/(?P<volume>[vr]\d+)/(?P<key>[a-z][\w-]{0,60}?\d{2}[a-z]?)"
    r"(?:-supp)?(?:/(?P=key)(?:-supp)?\.pdf|\.html|\.pdf)?"
)
# "bengio03a" once, "20-074" now.
JMLR = path_pattern(
    r"/papers/v(?:olume)?(?P<volume>\d+)/(?P<key>[a-z][a-z_-]{0,60}\d{2}[a-z]?|\d{2}-\d{3,4}[a-z]?)"
    r"(?:/(?P=key)(?:\.pdf)?|\.html|\.bib|\.pdf)"
)
NEURIPS_PARTS = (
    "Abstract|Paper|Supplemental|Reviews|Review|MetaReview|AuthorFeedback|Metadata|Bibtex"
)
NEURIPS = path_pattern(
    r"/(?:paper_files/)?paper/(?P<year>\d{4})/(?:hash|file)/(?P<hash>[0-9a-f]{32})"
    rf"-(?:{NEURIPS_PARTS})(?P<track>(?:-\w+)*)\.(?:html|pdf|json|zip|bib)"
)
# Tracks as they stand in addresses since 2022; without its track a page is not found.
NEURIPS_TRACKS = {
    track.lower(): track
    for track in (
        "-Conference",
        "-Datasets_and_Benchmarks",
        "-Datasets_and_Benchmarks_Track",
        "-Position_Paper_Track",
        "-Creative_AI_Track",
        "-Journal",
    )
}
NEURIPS_OLD = path_pattern(
    r"/paper/(?P<number>\d+)-(?P<slug>[\w-]*\w)(?:\.pdf|-supplemental\.zip|/bibtex)?"
)
# The names of files depend on case; workshops stand in a folder of their own.
CVF = path_pattern(
    r"/(?:openaccess/)?(?P<venue>content\w*(?:/\w+){0,2})/(?:html|papers)"
    r"/(?P<workshop>[\w-]+/)?(?P<name>[^/\s]+)_paper\.(?:html|pdf)",
    any_case=False,
)


def recognise_acl(address: Address) -> Recognised | None:
    """A paper of the ACL Anthology; old addresses under aclweb.org are rewritten."""
    match = ACL.match(address.path)
    if not match:
        return None
    identifier = match["id"].lower() if match["id"][0].isdigit() else match["id"].upper()
    url = f"https://aclanthology.org/{identifier}/"
    return known(f"acl:{identifier}", url, "paper", version=(match["version"] or "").lower())


def recognise_pmlr(address: Address) -> Recognised | None:
    """A paper of the Proceedings of Machine Learning Research; dead jmlr.org links are repaired."""
    match = PMLR.match(address.path)
    if not match:
        return None
    paper = f"{match['volume']}/{match['key']}".lower()
    return known(f"pmlr:{paper}", f"https://proceedings.mlr.press/{paper}.html", "paper")


def recognise_jmlr(address: Address) -> Recognised | None:
    """A paper of the Journal of Machine Learning Research."""
    match = JMLR.match(address.path)
    if not match:
        return None
    volume, key = match["volume"], match["key"].lower()
    return known(f"jmlr:{volume}/{key}", f"https://jmlr.org/papers/v{volume}/{key}.html", "paper")


def recognise_neurips(address: Address) -> Recognised | None:
    """A paper of NeurIPS, by the hash it has since 2020 or the number it had before."""
    match = NEURIPS.match(address.path)
    if match:
        year, digest = match["year"], match["hash"].lower()
        track = NEURIPS_TRACKS.get(match["track"].lower(), match["track"])
        url = (
            "https://proceedings.neurips.cc/paper_files/paper"
            f"/{year}/hash/{digest}-Abstract{track}.html"
        )
        return known(f"neurips:{year}/{digest}", url, "paper")
    match = NEURIPS_OLD.match(address.path)
    if match:
        number, slug = match["number"], match["slug"].lower()
        url = f"https://papers.nips.cc/paper/{number}-{slug}"
        return known(f"neurips-old:{number}", url, "paper")
    return None


def recognise_cvf(address: Address) -> Recognised | None:
    """A paper of the Computer Vision Foundation; supplements are not recognised."""
    match = CVF.match(address.path)
    if not match:
        return None
    name = quote_path(match["name"])
    page = f"{match['venue']}/html/{match['workshop'] or ''}{name}_paper.html"
    return known(f"cvf:{name}", f"https://openaccess.thecvf.com/{page}", "paper")


SOURCES = (
    source(
        recognise_acl,
        "aclanthology.org",
        "aclweb.org",
        "aclanthology.info",
        "aclanthology.coli.uni-saarland.de",
    ),
    source(recognise_pmlr, "proceedings.mlr.press", "jmlr.org", "jmlr.csail.mit.edu"),
    source(recognise_jmlr, "jmlr.org", "jmlr.csail.mit.edu"),
    source(
        recognise_neurips,
        "papers.nips.cc",
        "papers.neurips.cc",
        "proceedings.nips.cc",
        "proceedings.neurips.cc",
    ),
    source(recognise_cvf, "openaccess.thecvf.com", "cv-foundation.org"),
)
