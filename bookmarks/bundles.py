"""Searches that people keep. Import `make_bundle`, `change_bundle`, `TooManyBundles`."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from bookmarks.models import Bundle
from bookmarks.storing import lock_owner

MOST = 500
LAST = 2**31 - 1


class TooManyBundles(Exception):
    """A person has as many as one may have; `str()` is a sentence for them."""

    def __init__(self) -> None:
        super().__init__(f"You have {MOST} bundles; delete one first.")


@transaction.atomic
def make_bundle(owner: User, fields: dict[str, Any]) -> Bundle:
    """Keep a search; without `order` it comes last. Raises `TooManyBundles`."""
    lock_owner(owner)
    bundles = Bundle.objects.filter(owner=owner)
    if bundles.count() >= MOST:
        raise TooManyBundles
    last = bundles.aggregate(last=Max("order"))["last"]
    place = 0 if last is None else min(last + 1, LAST)
    return Bundle.objects.create(owner=owner, **{"order": place, **fields})


def change_bundle(bundle: Bundle, fields: dict[str, Any]) -> Bundle:
    """Change what is given of a search, and return it."""
    for name, value in fields.items():
        setattr(bundle, name, value)
    bundle.updated_at = timezone.now()
    bundle.save(update_fields=[*fields, "updated_at"])
    return bundle
