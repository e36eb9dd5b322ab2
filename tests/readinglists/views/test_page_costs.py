"""What pages of lists cost: each a pinned number of queries, and each of these a short range of an
index, however much there is.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from accounts.models import User
from readinglists.drafts import make_item_draft
from readinglists.following import follow
from readinglists.importing import start_import
from readinglists.items import add_items, set_prerequisites
from readinglists.lists import add_section, set_editors
from readinglists.models import Item
from readinglists.progress import set_progress
from readinglists.suggesting import suggest_item
from tests.bookmarks.keeping import keep
from tests.people import signed_in
from tests.readinglists.caching import begin_cache
from tests.readinglists.groups.grouping import make_group
from tests.readinglists.making import fork_of, make_list

# By who asks: the owner of a list, and its reader, who follows it, reads it and has a fork of it.
PINNED = {
    "owner {list}": 14,
    "owner {list}s:{section}/": 13,
    "owner {list}pick/": 8,
    "owner {list}pick/?tags=deep": 9,
    "owner {list}suggestions/": 5,
    "owner /u:{owner}/lists/": 5,
    "owner /lists/import/{import}/": 8,
    "owner /suggestions/": 5,
    "owner /lists/add/?url=https://p.example.org/part/1": 7,
    "owner {group}": 10,
    "owner {group}s:1/": 13,
    "reader {list}": 14,
    "reader {list}s:{section}/": 13,
    "reader /lists/": 4,
    "reader /lists/followed/": 3,
    "reader /u:{owner}/lists/": 5,
    "reader /lists/reading/": 14,
    "reader /network/": 5,
    "reader /suggestions/": 5,
    "reader {fork}": 17,
    "reader {fork}upstream/": 11,
    "reader {group}": 10,
    "reader {group}s:1/": 12,
}
# What is sorted after it was read is of one list or group, of so few that their ids are named, of
# the lists a person edits, or of those they follow, which are 500 at most.
BOUNDED = re.compile(
    r'"(reading_list|item|group|session)_id" (= \d|IN \(\d)|"id" IN \(\d'
    r'| UNION |listfollow"."user_id" = \d'
)
# Read in the order of an index of public lists, as far as the page goes.
IN_ORDER = re.compile(r"list_public_|subquery")


@dataclass(frozen=True)
class Scene:
    """A list with so much of everything that hangs on it, and the two who look at it."""

    names: dict[str, str]
    clients: dict[str, Client]


def make_scene(number: int) -> Scene:
    """Return a scene with `number` of everything."""
    owner, reader, third = (
        User.objects.create_user(
            f"{name}{number}", "a long enough one", f"{name}{number}@x.example"
        )
        for name in ("owner", "reader", "third")
    )
    lists = [make_list(owner, f"List {one}") for one in range(number)]
    main = lists[0]
    sections = [add_section(main, f"Part {one}", note="Read.") for one in range(number)]
    fork = fork_of(main, reader)
    items = add_items(main, drafts(number, "part"), owner, section=sections[0], ask=False)
    items += add_items(main, drafts(number, "last"), owner, section=sections[-1], ask=False)
    Item.objects.filter(pk__in=[one.pk for one in items[::2]]).update(credit=third)
    set_prerequisites(items[-1], [one.pk for one in items[:-1][:10]])
    set_editors(main, [third])
    for one in lists:
        follow(reader, one)
        (item,) = add_items(one, drafts(1, f"of {one.pk}"), owner, ask=False)
        set_progress(reader, item, "read")
        suggest_item(main, reader, {"title": f"Suggested {one.pk}"})
        suggest_item(fork, owner, {"title": f"Suggested {one.pk}"})
        keep(owner, tags="deep learning", title=f"Kept {one.pk}")
    for item in items[::3]:
        set_progress(reader, item, "read")
    text = "".join(f"- [P {one}](https://p.example.org/part/{one})\n" for one in range(number))
    group = make_group(owner, reader, third, reading_list=main, items_each=number // 2)
    names = {
        "owner": owner.username,
        "list": f"/u:{owner.username}/l:{main.slug}/",
        "section": str(sections[-1].pk),
        "import": str(start_import(owner, text=text, reading_list=main).pk),
        "fork": f"/u:{reader.username}/l:{fork.slug}/",
        "group": f"/g:{group.key}/",
    }
    return Scene(names, {"owner": signed_in(owner), "reader": signed_in(reader)})


def drafts(number: int, name: str) -> list[Any]:
    return [
        make_item_draft(
            url=f"https://p.example.org/{name.replace(' ', '')}/{one}",
            title=f"Paper {one} {name}",
            tags="deep",
            alternates=[{"url": f"https://p.example.org/{one}.pdf"}],
        )
        for one in range(number)
    ]


def look_at(scene: Scene, settings: Settings) -> tuple[dict[str, int], dict[str, str]]:
    """Return how many queries each page costs, and each query once, with the page it is of."""
    costs: dict[str, int] = {}
    asked: dict[str, str] = {}
    for page in PINNED:
        begin_cache(settings)
        who, _, path = page.format(**scene.names).partition(" ")
        headers = {"X-Requested-With": "fetch"} if "s:{section}" in page else {}
        with CaptureQueriesContext(connection) as queries:
            assert scene.clients[who].get(path, headers=headers).status_code == 200, path
        costs[page] = len(queries)
        asked |= {query["sql"]: page for query in queries.captured_queries}
    return costs, asked


@pytest.mark.django_db
def test_pages_of_lists_cost_so_many_queries_and_each_a_short_range_of_an_index(
    settings: Settings,
) -> None:
    few, _ = look_at(make_scene(3), settings)
    many, asked = look_at(make_scene(12), settings)
    assert few == many == PINNED
    if connection.vendor == "postgresql":
        # Of small tables it is cheaper to read all; asked is whether there is another way.
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
    costly = [
        f"{page}: {found} in {sql[-900:]}"
        for sql, page in asked.items()
        if sql.startswith("SELECT") and (found := costly_in(sql))
    ]
    assert costly == []


def costly_in(sql: str) -> list[str]:
    """Return the steps by which a database would read a whole table, or sort what has no bounds."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            steps = [str(row[3]) for row in cursor.fetchall()]
            scans = [one for one in steps if one.startswith("SCAN") and not IN_ORDER.search(one)]
            sorts = [one for one in steps if "ORDER BY" in one]
        else:
            cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}")
            [[answer]] = cursor.fetchall()
            plans = answer if isinstance(answer, list) else json.loads(answer)
            nodes = list(nodes_of(plans[0]["Plan"]))
            scans = [str(one["Relation Name"]) for one in nodes if one["Node Type"] == "Seq Scan"]
            sorts = [str(one["Sort Key"]) for one in nodes if "Sort" in one["Node Type"]]
    return scans + ([] if BOUNDED.search(sql) else sorts)


def nodes_of(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for child in plan.get("Plans", []):
        yield from nodes_of(child)
