"""The operations at `/api/tags/`: the caller's tags."""

from django.http import HttpResponseBase

from bookmarks.api.linkding import answers
from bookmarks.api.linkding.answers import MISSING, Problem, page_of, to_json
from bookmarks.api.linkding.operations import Call, operation
from bookmarks.api.linkding.representations import TAG, as_tag
from bookmarks.api.linkding.searching import PAGE, limits_of
from bookmarks.api.linkding.values import REQUIRED, Shape, Text
from bookmarks.finding import COUNTED_AT_MOST
from bookmarks.models import OwnerTagCount
from bookmarks.own_tags import (
    OwnTag,
    TooWidelyUsed,
    count_own_tags,
    delete_own_tag,
    find_own_tag,
    list_own_tags,
    make_own_tag,
)
from bookmarks.saving import tags_told
from bookmarks.tag_names import MAX_TAG_LENGTH, SEPARATORS, BadTags, split_tags

# aiolinkding sends the name as "example", of all words.
SENT = Shape("TagSent", {"name": Text(most=MAX_TAG_LENGTH), "example": Text(most=MAX_TAG_LENGTH)})


@operation({200: page_of(TAG)}, query=PAGE)
def index(call: Call) -> HttpResponseBase:
    """List one's tags."""
    offset, limit = limits_of(call)
    tags = list_own_tags(call.user, offset, limit + 1)
    count = max(count_own_tags(call.user, COUNTED_AT_MOST), offset + len(tags) if tags else 0)
    results = map(as_tag, tags[:limit])
    more = len(tags) > limit
    return answers.page(call.request, results, count=count, more=more, offset=offset, limit=limit)


@operation({201: TAG, 400: None}, body=SENT, writes=True)
def create(call: Call) -> HttpResponseBase:
    """Make a tag, or show the one that is there, in whatever case."""
    name = call.sent.get("name") or call.sent.get("example", "")
    if not name.strip():
        raise Problem(400, {"name": [REQUIRED]})
    try:
        [label] = split_tags("-".join(filter(None, SEPARATORS.split(name))))
    except (BadTags, ValueError):
        raise Problem(400, {"name": ["This is no tag."]}) from None
    return to_json(as_tag(make_own_tag(call.user, label)), 201)


@operation({200: TAG})
def retrieve(call: Call, id: int) -> HttpResponseBase:
    """Show one of one's tags."""
    return to_json(as_tag(_own(call, id)))


@operation({204: None, 400: None}, writes=True)
def delete(call: Call, id: int) -> HttpResponseBase:
    """Take a tag off all bookmarks, 5,000 at most; the bookmarks stay."""
    try:
        tag = _own(call, id)
        with tags_told(call.user, tag.label):
            delete_own_tag(call.user, tag.pk)
    except TooWidelyUsed as error:
        raise Problem(400, str(error)) from None
    except OwnerTagCount.DoesNotExist:
        raise Problem(404, MISSING) from None
    return answers.empty()


def _own(call: Call, pk: int) -> OwnTag:
    tag = find_own_tag(call.user, pk)
    if tag is None:
        raise Problem(404, MISSING)
    return tag
