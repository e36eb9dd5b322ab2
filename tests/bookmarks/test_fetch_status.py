"""What `manage.py fetch_status` tells about the queue, and the filter `manage.py extract`."""

import base64
import io
import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from bookmarks.jobs import finish_job
from bookmarks.management.commands.fetch_status import in_time, in_words
from bookmarks.models import FetchJob, Page
from bookmarks.queue_report import report_queue
from tests.bookmarks.clock import Clock
from tests.bookmarks.keeping import keep
from tests.bookmarks.working import lease_job


def status(**options: bool) -> str:
    out = io.StringIO()
    call_command("fetch_status", stdout=out, **options)
    return out.getvalue()


def queue_up(owner: User, url: str) -> int:
    page = keep(owner, url).page
    return FetchJob.objects.get(page=page).pk


def end(job_id: int, reason: str = "", *, retry: bool = False) -> None:
    lease = lease_job(job_id)
    assert lease
    assert finish_job(lease, reason=reason, retry=retry)


def test_an_empty_queue_is_said_to_be_empty(db: None) -> None:
    assert status().splitlines() == [
        "No page waits to be fetched.",
        "No page is being fetched now.",
        "Within a day 0 fetched, 0 given up.",
        "Of the links 0 are due for a look; 0 are gone, 0 do not let robots in.",
    ]


def test_it_tells_how_many_wait_since_when_and_for_which_hosts(alice: User, clock: Clock) -> None:
    queue_up(alice, "https://arxiv.org/abs/1706.03762")
    clock.forward(minutes=3)
    queue_up(alice, "https://arxiv.org/abs/1312.6114")
    queue_up(alice, "https://example.org/")
    clock.forward(minutes=2)
    said = status()
    assert "3 pages are waiting to be fetched, the longest due for 5 minutes." in said
    assert "      2  arxiv.org, the oldest for 5 minutes\n" in said
    assert "      1  example.org, the oldest for 2 minutes\n" in said


def test_a_page_that_pauses_before_another_attempt_is_not_late(alice: User, clock: Clock) -> None:
    end(queue_up(alice, "https://example.org/"), "The site did not answer.", retry=True)
    said = status()
    assert "1 page is waiting to be fetched, 1 of them not before a pause has passed." in said


def test_a_lease_that_ran_out_is_told_apart(alice: User, clock: Clock) -> None:
    assert lease_job(queue_up(alice, "https://example.org/"))
    assert "1 page is being fetched.\n" in status()
    clock.forward(minutes=10)
    assert "1 page is being fetched, 1 by a worker that is late or gone.\n" in status()


def test_failures_of_the_last_day_are_named_with_host_and_reason(alice: User, clock: Clock) -> None:
    end(queue_up(alice, "https://old.example/secret-path"), "The site did not answer.")
    clock.forward(hours=25)
    end(queue_up(alice, "https://new.example/secret-path"), "The site has no such page.")
    end(queue_up(alice, "https://fine.example/"))
    said = status()
    assert "Within a day 1 fetched, 1 given up." in said
    assert "      1  new.example: The site has no such page.\n" in said
    assert "old.example" not in said
    assert "secret-path" not in said


def test_json_holds_the_same_numbers(alice: User, clock: Clock) -> None:
    queue_up(alice, "https://example.org/")
    answer = json.loads(status(as_json=True))
    assert (answer["queued"], answer["due"], answer["leased"]) == (1, 1, 0)
    assert answer["hosts"] == [
        {"host": "example.org", "jobs": 1, "since": clock.now.isoformat()},
    ]
    assert answer["failures"] == answer["reasons"] == []


def test_it_tells_how_links_stand(alice: User, clock: Clock) -> None:
    for state, wait in (("gone", 1), ("gone", -1), ("blocked", 0), ("fetched", -5)):
        page = keep(alice).page
        check_at = clock.now + timedelta(days=wait)
        Page.objects.filter(pk=page.pk).update(state=state, check_at=check_at)
    FetchJob.objects.filter(page=page).update(scheduled_at=clock.now)
    assert (
        "Of the links 3 are due for a look and 1 are being looked at;"
        " 2 are gone, 1 do not let robots in.\n"
    ) in status()


def test_failures_are_summed_up_by_reason(alice: User, clock: Clock) -> None:
    for host in ("a", "b"):
        end(queue_up(alice, f"https://{host}.example/"), "The site did not answer.")
    assert [(row.reason, row.jobs) for row in report_queue(clock.now).reasons] == [
        ("The site did not answer.", 2)
    ]


def test_no_more_than_ten_hosts_are_listed(alice: User, clock: Clock) -> None:
    for number in range(12):
        queue_up(alice, f"https://host{number:02}.example/")
    report = report_queue(clock.now)
    assert report.queued == 12
    assert [row.host for row in report.hosts][::9] == ["host00.example", "host09.example"]
    assert len(list(in_words(report))) == 15


@pytest.mark.once
@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(seconds=-3), "0 seconds"),
        (timedelta(seconds=1), "1 second"),
        (timedelta(seconds=119), "1 minute"),
        (timedelta(hours=5), "5 hours"),
        (timedelta(days=1200), "1,200 days"),
    ],
)
def test_spans_are_told_in_their_largest_unit(span: timedelta, words: str) -> None:
    assert in_time(span) == words


@pytest.mark.once
def test_extract_answers_each_line(monkeypatch: pytest.MonkeyPatch) -> None:
    page = "<title>Täglich Bayes</title><p>Hello".encode()
    question = {"html_b64": base64.b64encode(page).decode(), "url": "https://example.org/a"}
    stdin, stdout = io.StringIO(json.dumps(question) + "\nnonsense\n"), io.StringIO()
    monkeypatch.setattr("sys.stdin", stdin)
    monkeypatch.setattr("sys.stdout", stdout)
    call_command("extract", jsonl=True)
    answer, error = map(json.loads, stdout.getvalue().splitlines())
    assert answer["title"] == "Täglich Bayes"
    assert set(error) == {"error"}


@pytest.mark.once
def test_extract_asks_for_its_form() -> None:
    with pytest.raises(CommandError, match="--jsonl"):
        call_command("extract")
