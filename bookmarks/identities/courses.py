"""Courses: Coursera, edX, Udacity, fast.ai, MIT OpenCourseWare; import `SOURCES`.

A course's lessons are the course, except at fast.ai, where they are chapters to read.
"""

import re

from bookmarks.identities.address import Address
from bookmarks.identities.recognised import (
    Recognised,
    Recogniser,
    known,
    path_pattern,
    plain,
    source,
)

SLUG = r"[a-z0-9][\w-]*"
COURSERA = path_pattern(
    rf"/(?P<course>(?:learn|specializations|professional-certificates|projects)/{SLUG})(?:/.*)?"
)
# /learn/SUBJECT alone is a list of courses.
EDX = path_pattern(rf"/(?P<course>course/(?:{SLUG}/)?{SLUG}|learn/{SLUG}/{SLUG})")
UDACITY = path_pattern(rf"/(?P<course>course/{SLUG})")
# Until 2021 the department stood before the course, which ends in its term and year.
MIT = path_pattern(r"/courses/(?:[a-z-]+/)?(?P<course>[a-z0-9-]*-(?:19|20)\d\d)(?:/.*)?")


def _course(name: str, pattern: re.Pattern[str], home: str) -> Recogniser:
    def recognise(address: Address) -> Recognised | None:
        match = pattern.match(address.path)
        if not match:
            return None
        course = match["course"].lower()
        return known(f"{name}:{course}", home + course, "course")

    return recognise


def recognise_fast_ai(address: Address) -> Recognised:
    """A page of a fast.ai course; each edition has a host of its own (course22.fast.ai)."""
    return plain(address, address.host, "course")


SOURCES = (
    source(_course("coursera", COURSERA, "https://www.coursera.org/"), "coursera.org"),
    source(_course("edx", EDX, "https://www.edx.org/"), "edx.org"),
    source(_course("udacity", UDACITY, "https://www.udacity.com/"), "udacity.com"),
    source(_course("mit-ocw", MIT, "https://ocw.mit.edu/courses/"), "ocw.mit.edu"),
    source(
        recognise_fast_ai,
        *(f"course{edition}.fast.ai" for edition in ("", "-v3", "18", "19", "20", "22")),
    ),
)
