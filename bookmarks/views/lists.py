"""Lists of bookmarks as pages: recent, popular, by tag, by person, by person and tags."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.http import SignedInRequest, signed_in
from accounts.models import User
from bookmarks.cursors import Cursor, parse_cursor
from bookmarks.entries import entries_of
from bookmarks.listing import Count, ListedPage, Listing, Shelf, count_bookmarks, list_bookmarks
from bookmarks.models import OwnerCount
from bookmarks.open_graph import Graph, graph_of_list
from bookmarks.paths import feed_path, list_path, tags_argument, tags_in
from bookmarks.popular import count_popular, list_popular
from bookmarks.tags import CountedTag, has_used, tags_of, top_tags

MAX_TAGS = 3
FEED_FORMS = ("atom", "rss", "json")
SHELF_NAMES = {
    Shelf.ALL: "all",
    Shelf.PUBLIC: "public",
    Shelf.PRIVATE: "private",
    Shelf.UNREAD: "unread",
    Shelf.UNTAGGED: "untagged",
    Shelf.STARRED: "starred",
}
EMPTY_SHELVES = {
    Shelf.ALL: "Nothing saved here yet.",
    Shelf.PUBLIC: "Nothing public here yet.",
    Shelf.PRIVATE: "You keep nothing private.",
    Shelf.UNREAD: "Nothing left to read.",
    Shelf.UNTAGGED: "Every bookmark has a tag.",
    Shelf.STARRED: "You have not starred anything yet.",
    Shelf.GONE: "Every page you saved is still there, as far as we know.",
    Shelf.ARCHIVED: "Nothing archived.",
}
LEDES = {
    Shelf.GONE: "Pages that their sites no longer have, looked for twice, a week apart. The Wayback"
    " Machine may have kept a copy.",
    Shelf.ARCHIVED: "What a program or an import put into the archive. It stays in your other"
    " lists.",
}


@dataclass(frozen=True)
class Link:
    """A link with what it counts; `current` where the reader already is."""

    label: str
    url: str
    count: str = ""
    current: bool = False


@dataclass(frozen=True)
class CloudTag:
    """A tag of a cloud; `size` is 1 (rare) to 6 (the most used)."""

    label: str
    count: int
    url: str
    size: int


@dataclass(frozen=True)
class Feed:
    """A feed of the page that is shown."""

    form: str
    url: str
    title: str


@dataclass(frozen=True)
class ListPage:
    """What the template of a list needs besides its entries."""

    heading: str
    path: str
    count: Count
    lede: str = ""
    shelves: Sequence[Link] = ()
    crumbs: Sequence[Link] = ()
    cloud: Sequence[CloudTag] = ()
    cloud_title: str = ""
    own: bool = False
    owner: User | None = None
    empty: str = "Nothing here yet."
    feed_key: str = ""
    title: str = ""
    extra: dict[str, Any] = field(default_factory=dict)


def home(request: HttpRequest) -> HttpResponse:
    """Show one's own bookmarks, or to a visitor what Softmarks is."""
    if request.user.is_authenticated:
        return redirect(list_path(request.user.username))
    page = ListPage("Softmarks", "/recent/", count_bookmarks(Listing(), request.user))
    listed = list_bookmarks(Listing(size=20), request.user)
    return show(request, page, listed, "bookmarks/home.html")


def recent(request: HttpRequest, direction: str = "", place: str = "") -> HttpResponse:
    """Show everyone's newest public bookmarks."""
    listing = Listing(cursor=cursor_in(direction, place))
    listed = list_bookmarks(listing, request.user)
    page = ListPage(
        "recent",
        "/recent/",
        count_bookmarks(listing, request.user),
        cloud=cloud_of(tags_of(listed.bookmarks), ()),
        cloud_title="Tags on this page",
    )
    return show(request, page, listed)


def popular(request: HttpRequest, direction: str = "", place: str = "") -> HttpResponse:
    """Show the pages that several people saved, hottest first."""
    listed = list_popular(cursor_in(direction, place))
    page = ListPage(
        "popular",
        "/popular/",
        count_popular(),
        lede="Pages that several people keep; what is saved now counts most.",
        cloud=cloud_of(tags_of(listed.bookmarks), ()),
        cloud_title="Tags on this page",
        empty="No page has been saved by two people yet.",
    )
    return show(request, page, listed)


def by_tags(request: HttpRequest, tags: str, direction: str = "", place: str = "") -> HttpResponse:
    """Show everyone's public bookmarks with all the given tags."""
    labels = labels_in(tags)
    listing = Listing(labels=labels, cursor=cursor_in(direction, place))
    listed = list_bookmarks(listing, request.user)
    if not listed.bookmarks and not listing.cursor:
        raise Http404(f"No public bookmark has {_in_words(labels)} yet.")
    page = ListPage(
        " + ".join(labels),
        list_path(labels=labels),
        count_bookmarks(listing, request.user),
        crumbs=_tag_crumbs("", labels),
        cloud=cloud_of(tags_of(listed.bookmarks, without=labels), labels),
        cloud_title="Related tags",
        extra={"graph": _graph_of(listing)},
    )
    return show(request, page, listed)


def by_owner(
    request: HttpRequest,
    username: str,
    tags: str = "",
    shelf: str = "",
    direction: str = "",
    place: str = "",
) -> HttpResponse:
    """Show one person's bookmarks, with tags, on a shelf; private ones to their owner only."""
    owner = owner_named(username)
    labels = labels_in(tags) if tags else ()
    listing = Listing(owner, labels, Shelf(shelf), cursor=cursor_in(direction, place))
    own = listing.is_own(request.user)
    if listing.is_hidden_from(request.user):
        raise Http404(f"Only {owner.username} can see this page, after logging in.")
    listed = list_bookmarks(listing, request.user)
    if labels and not listed.bookmarks and not listing.cursor:
        _check_used(owner, labels, own)
    if labels:
        cloud, cloud_title = tags_of(listed.bookmarks, without=labels), "Related tags"
    else:
        cloud, cloud_title = top_tags(owner, own), "Tags"
    page = ListPage(
        owner.username,
        list_path(owner.username, labels, shelf),
        count_bookmarks(listing, request.user),
        lede=LEDES.get(listing.shelf, ""),
        shelves=_shelves(owner, labels, listing.shelf) if own else (),
        crumbs=_tag_crumbs(owner.username, labels),
        cloud=cloud_of(cloud, labels, owner.username),
        cloud_title=cloud_title,
        own=own,
        owner=owner,
        empty=EMPTY_SHELVES[listing.shelf],
        feed_key=owner.feed_key if own else "",
        title=" · ".join([owner.username, *labels, *([shelf] if shelf else [])]),
        extra={
            "tags_argument": tags_argument(labels),
            "graph": _graph_of(listing),
            "export_url": f"{list_path(owner.username, labels, shelf)}export/" if own else "",
        },
    )
    return show(request, page, listed)


def _graph_of(listing: Listing) -> Graph | None:
    """Return how the first page of what everyone may see looks elsewhere, None for other pages."""
    if listing.cursor or listing.shelf is not Shelf.ALL:
        return None
    name = listing.owner.username if listing.owner else ""
    return graph_of_list(list_path(name, listing.labels), name, listing.labels)


@signed_in
def unread(request: SignedInRequest) -> HttpResponse:
    """Lead to one's own unread bookmarks."""
    return redirect(list_path(request.user.username, shelf="unread"))


def show(
    request: HttpRequest,
    page: ListPage,
    listed: ListedPage,
    template: str = "bookmarks/list.html",
) -> HttpResponse:
    """Render a list."""
    context = {
        "heading": page.heading,
        "title": page.title or page.heading,
        "count": page.count,
        "lede": page.lede,
        "shelves": page.shelves,
        "crumbs": page.crumbs,
        "cloud": page.cloud,
        "cloud_title": page.cloud_title,
        "own": page.own,
        "owner": page.owner,
        "empty": "Nothing earlier." if listed.later else page.empty,
        "feeds": feeds_of(page.path, page.heading, page.feed_key),
        "entries": entries_of(
            listed.bookmarks, request.user, own=page.own, by_owner=page.owner is not None
        ),
        "earlier_url": _at(page.path, listed.earlier),
        "later_url": _at(page.path, listed.later),
        **page.extra,
    }
    return render(request, template, context)


def feeds_of(path: str, title: str, feed_key: str = "") -> list[Feed]:
    """Return the feeds of a list; with a key, those that show private bookmarks too."""
    return [Feed(form, feed_path(form, path, feed_key), title) for form in FEED_FORMS]


def cloud_of(
    tags: Sequence[CountedTag], labels: Sequence[str], username: str = ""
) -> list[CloudTag]:
    """Return tags in alphabetical order, each leading to the list narrowed down by it."""
    most = max((tag.count for tag in tags), default=1)
    kept = labels if len(labels) < MAX_TAGS else ()
    cloud = [
        CloudTag(
            tag.label,
            tag.count,
            list_path(username, [*kept, tag.label]),
            # Equal steps of the logarithm: 1 is a sixth of the way to the most used.
            size=1 + round(5 * (tag.count.bit_length() - 1) / max(1, most.bit_length() - 1)),
        )
        for tag in tags
    ]
    return sorted(cloud, key=lambda tag: tag.label.casefold())


def owner_named(username: str) -> User:
    """Return an account by its name in any case; raise Http404 that says nobody is called so."""
    name = username.lower()
    known = name.isascii() and name.isprintable()  # PostgreSQL is not even asked about a NUL
    owner = User.objects.filter(username=name, is_active=True).first() if known else None
    if owner is None:
        raise Http404(f"Nobody here is called “{username[:60]}”.")
    return owner


def cursor_in(direction: str, place: str) -> Cursor | None:
    """Return the cursor of a path; raise Http404 when it is malformed."""
    if not direction:
        return None
    cursor = parse_cursor(direction, place)
    if cursor is None:
        raise Http404(
            f"“{direction}:{place[:40]}” is no place in this list. Start at its first page."
        )
    return cursor


def labels_in(segments: str) -> tuple[str, ...]:
    """Return the tags of a path, each once; raise Http404 for more than three."""
    labels = tuple(dict.fromkeys(label.strip() for label in tags_in(segments)))
    if len(labels) > MAX_TAGS:
        raise Http404("A list can be narrowed down by three tags at most.")
    return labels


def _check_used(owner: User, labels: Sequence[str], own: bool) -> None:
    """Raise Http404 for tags a person never used; with their own, one may just have deleted it."""
    if not (own and all(has_used(owner, label) for label in labels)):
        raise Http404(f"No bookmark of {owner.username} has {_in_words(labels)}.")


def _in_words(labels: Sequence[str]) -> str:
    quoted = [f"“{label[:60]}”" for label in labels]
    return f"the tag {quoted[0]}" if len(quoted) == 1 else f"all the tags {', '.join(quoted)}"


def _tag_crumbs(username: str, labels: Sequence[str]) -> list[Link]:
    """Return a link for each tag that leads to the list without it."""
    return [
        Link(label, list_path(username, [other for other in labels if other != label]))
        for label in labels
    ]


def _shelves(owner: User, labels: Sequence[str], current: Shelf) -> list[Link]:
    """Return a link for each shelf of one's own; archived and gone have one if anything is."""
    counts = OwnerCount.objects.filter(owner=owner).first() or OwnerCount()
    links = [
        Link(
            name,
            list_path(owner.username, labels, shelf.value),
            "" if labels else f"{getattr(counts, shelf.value or 'total'):,}",
            shelf is current,
        )
        for shelf, name in SHELF_NAMES.items()
    ]
    if counts.archived or current is Shelf.ARCHIVED:
        path = list_path(owner.username, labels, Shelf.ARCHIVED.value)
        number = "" if labels else f"{counts.archived:,}"
        links.append(Link("archived", path, number, current is Shelf.ARCHIVED))
    gone = count_bookmarks(Listing(owner, shelf=Shelf.GONE), owner)
    if gone.number or current is Shelf.GONE:
        path = list_path(owner.username, labels, Shelf.GONE.value)
        links.append(Link("gone", path, "" if labels else str(gone), current is Shelf.GONE))
    return links


def _at(path: str, cursor: Cursor | None) -> str:
    return f"{path}{cursor}/" if cursor else ""
