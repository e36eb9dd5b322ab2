"""An item that is taken out and brought back is the same one to all that know it."""

from datetime import timedelta

import pytest
from celery import current_app
from django.conf import settings
from django.utils import timezone

from accounts.models import User
from readinglists.items import set_prerequisites
from readinglists.models import Item, Progress, RemovedItem
from readinglists.progress import set_progress
from readinglists.suggesting import suggest_change
from readinglists.undoing import bring_back, remove_item
from readinglists.upstream import compare
from tests.readinglists.making import add, fork_of, make_list, outline_of

pytestmark = pytest.mark.django_db


def test_whatever_hung_on_an_item_hangs_on_it_again(alice: User, bob: User) -> None:
    reading_list = make_list(alice)
    first, last = add(reading_list, "first"), add(reading_list, "last")
    item = add(reading_list, "exercise", after=first, note="Do *it*.", tags="a b")
    set_prerequisites(item, [first.pk])
    set_prerequisites(last, [item.pk])
    set_progress(bob, item, "read")
    noted = Progress.objects.get(reader=bob)
    fork = fork_of(reading_list, bob)
    suggestion = suggest_change(item, bob, {"title": "Exercise"})
    removed = remove_item(item, alice)
    assert [one.item_id for one in compare(fork, reading_list).changes] != []
    assert not Progress.objects.filter(item__reading_list=reading_list).exists()
    back = bring_back(removed)
    assert back == item
    assert outline_of(reading_list) == [("", ["first", "exercise", "last"])]
    assert (back.added_at, back.added_by, back.labels) == (item.added_at, alice, ["a", "b"])
    assert [one.earlier for one in last.prerequisites.all()] == [item]
    assert [one.earlier for one in back.prerequisites.all()] == [first]
    again = Progress.objects.get(item=item)
    assert (again.reader, again.state, again.read_at) == (bob, "read", noted.read_at)
    suggestion.refresh_from_db()
    assert suggestion.item == item
    assert compare(fork, reading_list).changes == []
    with pytest.raises(RemovedItem.DoesNotExist):
        bring_back(removed)


def test_what_was_taken_out_is_kept_for_a_day(alice: User) -> None:
    reading_list = make_list(alice)
    add(reading_list, "one")
    add(reading_list, "two")
    old = remove_item(Item.objects.get(title="one"), alice)
    RemovedItem.objects.update(removed_at=timezone.now() - timedelta(hours=25))
    remove_item(Item.objects.get(title="two"), alice)
    assert [one.title for one in RemovedItem.objects.all()] == ["two"]
    with pytest.raises(RemovedItem.DoesNotExist):
        bring_back(old)
    RemovedItem.objects.update(removed_at=timezone.now() - timedelta(hours=25))
    current_app.tasks[str(settings.CELERY_BEAT_SCHEDULE["sweep removed items"]["task"])]()
    assert not RemovedItem.objects.exists()
