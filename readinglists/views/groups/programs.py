"""What programs ask for: the calendar and the feed of a group, and the end of its mails.

Nobody is known by a cookie here: the key in the address is one member's, and ends with them.
"""

import hashlib
from datetime import datetime
from itertools import chain
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotFound
from django.shortcuts import render
from django.utils.html import format_html, format_html_join, linebreaks
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import PRIVATE
from bookmarks.feeds.atom import ATOM_TYPE, write_atom
from bookmarks.feeds.entries import Entry, Feed, author_of, fit, tag_uri
from bookmarks.feeds.views import answer_version
from bookmarks.listing import Version
from bookmarks.markup import markdown, plain_title
from readinglists.groups.calendar import Event, write_calendar
from readinglists.groups.digests import member_of_token, unsubscribe
from readinglists.groups.news import read_news
from readinglists.groups.paths import feed_path, group_path, session_path
from readinglists.groups.zones import day_and_time
from readinglists.models import (
    GroupMember,
    GroupNote,
    GroupQuestion,
    GroupSession,
    StudyGroup,
)

NOTHING = "There is nothing at this address. Log in and copy it anew from the page of the group.\n"
NEWEST = 40
CALENDAR_TYPE = "text/calendar; charset=utf-8"


@csrf_exempt  # nothing can be changed here; so a POST learns it is a 405
@require_safe
def calendar(request: HttpRequest, key: str, feed_key: str) -> HttpResponseBase:
    """Answer with the sessions of a group as a calendar."""
    group = _group_of(key, feed_key)
    if group is None:
        return _nothing()
    sessions = GroupSession.objects.filter(group=group).select_related("presenter")
    events = [
        _event(group, session)
        for session in sessions.prefetch_related("entries").order_by("number")
    ]
    return _answer(request, write_calendar(group.title, "Softmarks", events), CALENDAR_TYPE)


@csrf_exempt  # as above
@require_safe
def feed(request: HttpRequest, key: str, feed_key: str) -> HttpResponseBase:
    """Answer with what is new in a group: sessions, questions, notes."""
    group = _group_of(key, feed_key)
    if group is None:
        return _nothing()
    return _answer(request, write_atom(_feed(group, feed_key)), ATOM_TYPE)


@csrf_exempt  # mail programs post here by themselves (RFC 8058); the token says who
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe_page(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """End a member's weekly mails, once the button is pressed: links are followed by machines."""
    done = request.method == "POST" and unsubscribe(token, key)
    known = done or member_of_token(token) is not None
    status = 200 if known else 404
    context = {"done": done, "known": known}
    return render(request, "readinglists/groups/unsubscribe.html", context, status=status)


def _group_of(key: str, feed_key: str) -> StudyGroup | None:
    members = GroupMember.objects.filter(group__key=key, feed_key=feed_key, user__is_active=True)
    member = members.select_related("group__owner").first()
    return member.group if member else None


def _nothing() -> HttpResponse:
    text = "text/plain; charset=utf-8"
    return HttpResponseNotFound(NOTHING, content_type=text, headers=PRIVATE)


def _answer(request: HttpRequest, body: bytes, content_type: str) -> HttpResponseBase:
    """Answer with a document of a group, whose version is all that it says."""
    version = Version(hashlib.sha256(body).hexdigest()[:32], None)
    return answer_version(request, version, lambda: body, content_type, private=True)


def _event(group: StudyGroup, session: GroupSession) -> Event:
    url = settings.BASE_URL + session_path(group.key, session.number)
    read = [f"- {plain_title(entry.title)}" for entry in session.entries.all()]
    presents = [f"{session.presenter.username} presents."] if session.presenter else []
    return Event(
        uid=f"session-{session.pk}@{urlsplit(settings.BASE_URL).hostname}",
        starts_at=session.starts_at,
        minutes=session.minutes,
        title=f"{group.title}: {_name(session)}",
        text="\n".join([*presents, *read, url]),
        place=session.place,
        url=url,
        sequence=session.sequence,
        changed_at=session.changed_at,
    )


def _name(session: GroupSession) -> str:
    return session.title or f"session {session.number}"


def _feed(group: StudyGroup, feed_key: str) -> Feed:
    news = read_news(group, NEWEST)
    entries = chain(
        (_session_entry(group, one) for one in news.sessions),
        (_question_entry(group, one) for one in news.questions),
        (_note_entry(group, one) for one in news.notes),
    )
    newest = sorted(entries, key=lambda entry: entry.updated, reverse=True)[:NEWEST]
    return Feed(
        id=tag_uri(f"g:{group.key}"),
        url=settings.BASE_URL + feed_path(group.key, feed_key),
        page_url=settings.BASE_URL + group_path(group.key),
        title=fit(f"Softmarks: {group.title}"),
        subtitle="Whoever knows the address of this feed can read it.",
        author=author_of(group.owner.username),
        updated=newest[0].updated if newest else group.created_at,
        entries=tuple(newest),
    )


def _session_entry(group: StudyGroup, session: GroupSession) -> Entry:
    read = format_html_join(
        "", "<li>{}</li>", ((fit(plain_title(one.title)),) for one in session.entries.all())
    )
    when = day_and_time(session.starts_at, group)
    html = format_html("<p>{} ({})</p><ul>{}</ul>", when, group.time_zone, read)
    title = f"{_name(session).capitalize()}: {when}"
    author = group.owner.username
    at = session.changed_at
    return _entry(f"session:{session.pk}", session, title, html, by=author, at=at)


def _question_entry(group: StudyGroup, question: GroupQuestion) -> Entry:
    entry, by = question.entry, question.by.username
    title = f"{by} asks about {entry.title}"
    entry.session.group = group
    html = linebreaks(fit(question.text), autoescape=True)
    at = question.asked_at
    return _entry(f"question:{question.pk}", entry.session, title, html, by=by, at=at)


def _note_entry(group: StudyGroup, note: GroupNote) -> Entry:
    by = note.by.username if note.by else group.owner.username
    note.session.group = group
    about = note.entry.title if note.entry else _name(note.session)
    html = markdown(fit(note.text), math=False)
    title, at = f"Note: {about}", note.changed_at
    return _entry(f"note:{note.pk}", note.session, title, html, by=by, at=at)


def _entry(  # noqa: PLR0913 - an entry has these fields
    name: str, session: GroupSession, title: str, html: str, *, by: str, at: datetime
) -> Entry:
    url = settings.BASE_URL + session_path(session.group.key, session.number)
    return Entry(
        id=tag_uri(f"g:{name}"),
        url=url,
        permalink=url,
        title=fit(plain_title(title)),
        html=html,
        text="",
        published=at,
        updated=at,
        author=author_of(by),
        labels=(),
    )
