"""The operations at `/api/bundles/`: searches that the caller keeps."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponseBase

from bookmarks.api.linkding import answers
from bookmarks.api.linkding.answers import MISSING, Problem, page_of, to_json
from bookmarks.api.linkding.operations import Call, operation
from bookmarks.api.linkding.query import BadQuery, parse_query
from bookmarks.api.linkding.representations import BUNDLE, BUNDLE_SENT, as_bundle
from bookmarks.api.linkding.searching import PAGE, limits_of
from bookmarks.bundles import TooManyBundles, change_bundle, make_bundle
from bookmarks.drafts import clean_line
from bookmarks.models import Bundle


@operation({200: page_of(BUNDLE)}, query=PAGE)
def index(call: Call) -> HttpResponseBase:
    """List one's bundles in their order."""
    offset, limit = limits_of(call)
    bundles = list(Bundle.objects.filter(owner=call.user).order_by("order", "pk"))
    part = map(as_bundle, bundles[offset : offset + limit])
    more, count = len(bundles) > offset + limit, len(bundles)
    return answers.page(call.request, part, count=count, more=more, offset=offset, limit=limit)


@operation({201: BUNDLE, 400: None}, body=BUNDLE_SENT, writes=True)
def create(call: Call) -> HttpResponseBase:
    """Keep a search; without an order it comes last."""
    try:
        return to_json(as_bundle(make_bundle(call.user, _fields(call))), 201)
    except TooManyBundles as error:
        raise Problem(400, str(error)) from None


@operation({200: BUNDLE})
def retrieve(call: Call, id: int) -> HttpResponseBase:
    """Show one of one's bundles."""
    return to_json(as_bundle(_own(call, id)))


@operation({200: BUNDLE, 400: None}, body=BUNDLE_SENT, writes=True)
def update(call: Call, id: int) -> HttpResponseBase:
    """Change a bundle; what is not sent stays."""
    return to_json(as_bundle(change_bundle(_own(call, id), _fields(call))))


patch = replace(update, partly=True)


@operation({204: None}, writes=True)
def delete(call: Call, id: int) -> HttpResponseBase:
    """Delete a bundle."""
    _own(call, id).delete()
    return answers.empty()


def _fields(call: Call) -> dict[str, Any]:
    """Return what was sent, printable and in one line each."""
    fields = {
        name: clean_line(value) if isinstance(value, str) else value
        for name, value in call.sent.items()
    }
    if fields.get("name") == "":
        raise Problem(400, {"name": ["This field may not be blank."]})
    for name, value in fields.items():
        if isinstance(value, str) and len(value) > len(call.sent[name]):  # composing may lengthen
            fields[name] = value[: len(call.sent[name])]
    try:
        parse_query(fields.get("search", ""))
    except BadQuery as error:
        raise Problem(400, {"search": [str(error)]}) from None
    return fields


def _own(call: Call, pk: int) -> Bundle:
    bundle = Bundle.objects.filter(owner=call.user, pk=pk).first()
    if bundle is None:
        raise Problem(404, MISSING)
    return bundle
