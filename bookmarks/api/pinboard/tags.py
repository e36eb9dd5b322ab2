"""The methods `tags/…`: the tags of the caller."""

from django.http import HttpResponseBase

from bookmarks.api.pinboard import answers
from bookmarks.api.pinboard.methods import Call, method
from bookmarks.api.pinboard.parameters import BadParameter
from bookmarks.bulk_storing import retag
from bookmarks.models import OwnerTagCount
from bookmarks.saving import tags_told
from bookmarks.tag_names import BadTags, fold_tag, split_tags
from bookmarks.tags import all_tags

# As many as are surely rewritten before a program gives up waiting.
RETAGGED_AT_MOST = 5000


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
    """Write all bookmarks that have a tag, a batch at a time, unless they are too many."""
    name = fold_tag(old)
    counts = OwnerTagCount.objects.filter(owner=call.user, tag__name=name)
    number = counts.values_list("total", flat=True).first() or 0
    if number > RETAGGED_AT_MOST:
        raise BadParameter(
            f"something went wrong: {number:,} bookmarks have this tag;"
            f" {RETAGGED_AT_MOST:,} are the most that can be changed at once"
        )
    with tags_told(call.user, old, new):
        while number > 0 and (done := retag(call.user, name, new)):
            number -= done
    return answers.result(call.form, "done")
