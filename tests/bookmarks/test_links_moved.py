"""Addresses of hosts that have moved, and where what they name is now."""

import pytest

from bookmarks.links import page_address, repaired

pytestmark = pytest.mark.once

HASH = "3f5ee243547dee91fbd053c1c4a845aa"
PMLR = "https://proceedings.mlr.press/v28/sutskever13.html"
NEURIPS = f"https://proceedings.neurips.cc/paper_files/paper/2017/hash/{HASH}-Abstract.html"
ACL = "https://aclanthology.org/P18-1001/"


@pytest.mark.parametrize(
    ("url", "now"),
    [
        ("http://www.aclweb.org/anthology/P18-1001", ACL),
        ("https://www.aclweb.org/anthology/P18-1001.pdf", ACL),
        ("http://aclanthology.info/papers/P18-1001/p18-1001", ACL),
        ("http://aclanthology.coli.uni-saarland.de/papers/P18-1001/p18-1001", ACL),
        ("http://jmlr.org/proceedings/papers/v28/sutskever13.html", PMLR),
        ("http://jmlr.csail.mit.edu/proceedings/papers/v28/sutskever13.pdf", PMLR),
        (
            "http://jmlr.csail.mit.edu/papers/v3/bengio03a.html",
            "https://jmlr.org/papers/v3/bengio03a.html",
        ),
        (f"https://papers.nips.cc/paper/2017/file/{HASH}-Paper.pdf", NEURIPS),
        (f"https://papers.neurips.cc/paper/2017/hash/{HASH}-Abstract.html", NEURIPS),
        (f"https://proceedings.nips.cc/paper/2017/file/{HASH}-Paper.pdf", NEURIPS),
        (
            "http://www.cv-foundation.org/openaccess/content_cvpr_2016/papers/He_Deep_paper.pdf",
            "https://openaccess.thecvf.com/content_cvpr_2016/html/He_Deep_paper.html",
        ),
    ],
)
def test_what_has_moved_is_fetched_and_shown_where_it_is_now(url: str, now: str) -> None:
    assert repaired(url) == now
    assert page_address(url).url == now
    assert repaired(now) == ""


@pytest.mark.parametrize(
    "url",
    [
        "https://jmlr.org/papers/v3/bengio03a.html",
        "https://www.aclweb.org/portal/",
        "https://arxiv.org/pdf/1706.03762v5",
        "https://ar5iv.org/abs/1706.03762",
        "https://example.org/",
    ],
)
def test_what_has_not_moved_is_left_alone(url: str) -> None:
    assert repaired(url) == ""
