"""Trackers go, on any host or only where they are known to be trackers."""

import pytest

from bookmarks.identities import trim, without_trackers


@pytest.mark.parametrize(
    ("url", "left", "_reason"),
    [
        ("https://a.com/?utm_source=x", "https://a.com/", "a campaign"),
        ("https://a.com/?UTM_SOURCE=x&b=1", "https://a.com/?b=1", "in capitals"),
        ("https://a.com/?b=1&fbclid=2&c=3", "https://a.com/?b=1&c=3", "from Facebook"),
        ("https://a.com/?gclid=1&igsh=2&mc_cid=3&mc_eid=4", "https://a.com/", "and others"),
        ("https://a.com/x?b=1#:~:text=so", "https://a.com/x?b=1", "a marked passage"),
        ("https://a.com/x#part:~:text=so", "https://a.com/x#part", "the part stays"),
        ("https://a.com/?", "https://a.com/?", "nothing to drop, nothing changed"),
        ("https://a.com/?b=%7e&&c#", "https://a.com/?b=%7e&&c#", "nor folded"),
        ("https://youtube.com/@x?si=1&feature=y&v=2", "https://youtube.com/@x?v=2", "YouTube"),
        ("https://m.youtube.com/@x?si=1", "https://m.youtube.com/@x", "a host under it"),
        ("HTTPS://WWW.YOUTUBE.COM/@x?si=1", "HTTPS://WWW.YOUTUBE.COM/@x", "in capitals"),
        ("https://notyoutube.com/?si=1", "https://notyoutube.com/?si=1", "another host"),
        ("https://docs.google.com/document/d/1?usp=sharing", "https://docs.google.com/document/d/1",
         "Google's documents"),
        ("https://x.com/a/status/1?s=20&ref_src=y", "https://x.com/a/status/1", "X"),
        ("https://arxiv.org/list/cs.LG?s=09", "https://arxiv.org/list/cs.LG", "arXiv, through X"),
        ("https://a.com/?s=search&ref=b&source=c&r=d", "https://a.com/?s=search&ref=b&source=c&r=d",
         "a blog's search is no tracker"),
        ("https://medium.com/@a/list?source=b&sk=c", "https://medium.com/@a/list", "Medium"),
        ("https://a.substack.com/archive?r=1&sort=new", "https://a.substack.com/archive?sort=new",
         "Substack"),
        ("https://www.latent.space/archive?r=1", "https://www.latent.space/archive",
         "Substack under another name"),
        ("https://itnext.io/tagged/ml?source=x", "https://itnext.io/tagged/ml", "and Medium"),
        ("https://www.linkedin.com/pulse/x?trk=y", "https://www.linkedin.com/pulse/x", "LinkedIn"),
        ("https://youtube.com:443/@x?si=1", "https://youtube.com:443/@x", "a port"),
        ("no address ?utm_source=x", "no address ", "any text will do"),
        ("", "", "nothing"),
    ],
)  # fmt: skip
def test_trackers_are_dropped(url: str, left: str, _reason: str) -> None:
    assert without_trackers(url) == left


@pytest.mark.parametrize(
    ("text", "left", "_reason"),
    [
        ("https://a.com/x_(y)", "https://a.com/x_(y)", "its own parentheses"),
        ("(https://a.com/x_(y)).", "https://a.com/x_(y)", "and those around it"),
        ("https://a.com/x[1]]", "https://a.com/x[1]", "brackets alike"),
        ("<https://a.com/>", "https://a.com/", "as mail writes it"),
        ("'https://a.com/',", "https://a.com/", "as programs do"),
        ("…", "…", "a text of nothing else stays"),
        ("().,", "", "or not"),
    ],
)
def test_marks_around_are_trimmed(text: str, left: str, _reason: str) -> None:
    assert trim(text) == left
