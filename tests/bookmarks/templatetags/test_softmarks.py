"""What templates may call."""

from datetime import UTC, datetime, timedelta

import pytest
from django.template import Context, Template
from django.utils import timezone

pytestmark = pytest.mark.once

AT = datetime(2018, 8, 3, 7, 26, 25, tzinfo=UTC)
CALLS = [
    ("{{ value|safe_href }}", "https://a.example/?x=1&y=2", "https://a.example/?x=1&amp;y=2"),
    ("{{ value|safe_href }}", "javascript:alert(1)", "#"),
    ("{{ value|person_path }}", "ada", "/u:ada/"),
    ("{{ value|stamp }}", AT, "2018.08.03 07:26:25"),
    ("{{ value|machine_time }}", AT, "2018-08-03T07:26:25Z"),
    ("{{ value|relative }}", AT, "august 2018"),
]


@pytest.mark.parametrize(("source", "value", "expected"), CALLS)
def test_a_filter(source: str, value: object, expected: str) -> None:
    template = Template("{% load softmarks %}" + source)
    assert template.render(Context({"value": value})) == expected


def test_a_time_is_relative_to_now() -> None:
    template = Template("{% load softmarks %}{{ value|relative }}")
    at = timezone.now() - timedelta(hours=2, minutes=5)
    assert template.render(Context({"value": at})) == "2 hours ago"
