"""The methods `tags/…`: the tags of the caller."""

from django.http import HttpResponseBase

from bookmarks.api.pinboard import answers
from bookmarks.api.pinboard.methods import Call, method
from bookmarks.api.pinboard.parameters import BadParameter
from bookmarks.own_tags import TooWidelyUsed, retag_all
from bookmarks.saving import tags_told
from bookmarks.tag_names import BadTags, fold_tag, split_tags
from bookmarks.tags import all_tags


@method()
def get(call: Call) -> HttpResponseBase:
    """Show all tags, private ones included, with how many bookmarks have them."""
    return answers.tags(call.form, {tag.label: tag.count for tag in all_tags(call.user)})


@method(writes=True)
def delete(call: Call) -> HttpResponseBase:
    """Take a tag off all bookmarks."""
    old = _one(call.asked.required("tag"))
    return _retag_all(call, old)


@method(writes=True)
def rename(call: Call) -> HttpResponseBase:
    """Put a tag in the place of another; without a new one, or a different one, nothing changes."""
    old, new = _one(call.asked.required("old")), call.asked.text("new").strip()
    if not new or fold_tag(_one(new)) == fold_tag(old):
        return answers.result(call.form, "done")
    return _retag_all(call, old, _one(new))


def _one(text: str) -> str:
    """Return the one label in a text; raises `BadParameter` for none and several."""
    try:
        labels = split_tags(text)
    except BadTags:
        raise BadParameter from None
    if len(labels) != 1:
        raise BadParameter
    return labels[0]


def _retag_all(call: Call, old: str, new: str = "") -> HttpResponseBase:
    """Write all bookmarks that have a tag, unless they are too many."""
    try:
        with tags_told(call.user, old, new):
            retag_all(call.user, fold_tag(old), new)
    except TooWidelyUsed as error:
        raise BadParameter(f"something went wrong: {error}") from None
    return answers.result(call.form, "done")
