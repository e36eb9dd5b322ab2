"""Hugging Face; import `SOURCES`. Papers there are arXiv's, see `arxiv.py`."""

from bookmarks.identities.address import Address
from bookmarks.identities.recognised import (
    Kind,
    Recognised,
    known,
    path_pattern,
    plain,
    source,
    words,
)

HOST = "huggingface.co"
# https://huggingface.co/docs/huggingface_hub, `validate_repo_id`: no "-" or "." at the ends.
NAME = r"[a-z0-9](?:[\w.-]{0,94}\w)?"
INSIDE = "tree|blob|resolve|raw|edit|discussions|commit|commits|blame"

MODEL = path_pattern(rf"/(?P<name>(?P<owner>{NAME})/{NAME})(?:/(?:{INSIDE})(?:/.*)?)?")
SHARED = path_pattern(rf"/(?P<type>datasets|spaces)/(?P<name>{NAME}/{NAME})(?:/.*)?")
OLD_DATASET = path_pattern(rf"/(?P<type>datasets)/(?P<name>{NAME})")
COLLECTION = path_pattern(rf"/collections/(?P<name>{NAME}/{NAME})")
POST = path_pattern(r"/blog/.+", any_case=False)
COURSE = path_pattern(r"/learn/.+", any_case=False)

# First segments that are pages of the site, not owners: what huggingface.co links to.
RESERVED = words(
    """
    about agents api assets avatars benchmarks billing blog brand buckets changelog chat
    collections contact content-guidelines course datasets docs dois enterprise front hardware
    inference inference-api inference-endpoints jobs join kernels languages learn login logout
    metrics models new new-dataset new-space notifications oauth organizations papers playground
    posts pricing privacy search security settings shop spaces storage subscribe support tasks
    teams terms-of-service tools welcome
    """
)


def recognise_model(address: Address) -> Recognised | None:
    """A model; its files and discussions are the model."""
    match = MODEL.match(address.path)
    if not match or match["owner"].lower() in RESERVED:
        return None
    return _hub("model", match["name"], match["name"], "model")


def recognise_shared(address: Address) -> Recognised | None:
    """A data set, a Space or a collection."""
    match = SHARED.match(address.path) or OLD_DATASET.match(address.path)
    if match:
        folder, name = match["type"].lower(), match["name"]
        kind: Kind = "dataset" if folder == "datasets" else "demo"
        return _hub(folder.removesuffix("s"), name, f"{folder}/{name}", kind)
    match = COLLECTION.match(address.path)
    return (
        _hub("collection", match["name"], f"collections/{match['name']}", "list") if match else None
    )


def recognise_reading(address: Address) -> Recognised | None:
    """A post of the blog or a chapter of a course; they have no identifiers."""
    if POST.match(address.path):
        return plain(address, HOST, "post")
    return plain(address, HOST, "course") if COURSE.match(address.path) else None


def _hub(type_: str, name: str, path: str, kind: Kind) -> Recognised:
    return known(f"hf-{type_}:{name.lower()}", f"https://{HOST}/{path}", kind)


SOURCES = tuple(
    source(recogniser, HOST, "hf.co")
    for recogniser in (recognise_shared, recognise_reading, recognise_model)
)
