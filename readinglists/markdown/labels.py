"""What words of a list mean: labels that are no titles, headings that are no sections, badges.
Import `is_generic`, `is_weak`, `is_contents`, `is_apart`, `is_back_to_top`, `badge_text`,
`plain_words`, `without_links`.

Pure.
"""

import re
import unicodedata
from functools import lru_cache
from urllib.parse import unquote, urlsplit


def _vocabulary(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Words of which a label may consist without naming the thing it leads to.
STRONG = _vocabulary(
    "pdf paper papers link links here code github gitlab repo repository website web homepage page"
    " site video videos youtube slides slide ppt pptx post blog blogpost article arxiv doi html abs"
    " abstract demo dataset notebook colab tweet twitter thread poster supplementary supplemental"
    " supp supplement appendix bib bibtex cite review openreview docs documentation download"
    " source implementation preprint url project media more read watch talk recording"
    " pypi conda anaconda npm docker dockerhub hub maven amazon thesis"
    " readme info details ref reference slideshare bilibili kaggle talk acm ieee springer"
    " 原文 论文 代码 链接 项目 主页 视频 解读 数据"
)
# These name a thing as often as not: they are labels only beside a better title.
WEAK = _vocabulary(
    "pytorch tensorflow tf keras theano torch caffe mxnet jax matlab python julia r c++ chainer lua"
    " book books course courses lecture lectures tutorial tutorials model models data news material"
    " materials transcript huggingface hf syllabus playlist summary interview notes chapter part"
    " author authors official unofficial online free html5 medium interactive workshop"
)
FILLERS = _vocabulary("the to of a an and for in on full this version with by from 1 2 3 i ii")
KNOWN = STRONG | WEAK | FILLERS

CONTENTS = re.compile(
    r"(table of )?contents?( list)?|toc|index|outline|overview of contents|目录|navigation"
    r"|quick links|menu|summary of contents",
    re.I,
)
APART = re.compile(
    r"(how to )?contribut(e|ing|ions?|ors?)( .{0,30})?|(our |other |top )?contributors?( .{0,20})?"
    r"|licen[sc]es?|acknowledge?ments?|credits?|star(gazers)?( over time| history| chart)*"
    r"|thanks( to)?|back to top|sponsors?|(support|sponsor|donate)( us| me| this project)?"
    r"|code of conduct|citation|cit(e|ing)( us| this.*)?|bibtex|contact( us| me)?|disclaimer"
    r"|shar(e|ing)( this.*)?|change ?log|contribution guidelines?"
    r"|maintainers?|legal|copyright|许可.{0,4}|贡献.{0,6}",
    re.I,
)
BACK = re.compile(
    r"(back|go|return)? ?(to )?(the )?(top|toc|contents?|index)|[⬆↑🔝🔼^ ️]+|回到顶部", re.I
)
LINK = re.compile(r"\[[^\[\]]{0,1000}\]\([^)]{0,2000}\)")
# Versions, years, and venues with their years: v2, 2015, cvpr14.
NUMBERED = re.compile(r"v?\d+(?:v\d+)?|[a-z]{3,7}\d\d(?:\d\d)?")
OUTER = " \t\n.,:;|-–—·•*_~()[]{}【】「」\"'“”‘’`"


def plain_words(text: str) -> str:
    """Return text as one line, without emoji and punctuation around it."""
    line = " ".join(text.split())
    if line.isascii():
        return line.strip(OUTER)
    return "".join(one for one in line if unicodedata.category(one) not in ("So", "Cs")).strip(
        OUTER
    )


def without_links(text: str) -> str:
    """Return the source of a text without the links in it."""
    return LINK.sub("", text)


def _words(label: str) -> list[str]:
    plain = re.sub(r"[^\w+]+|_", " ", plain_words(label).lower())
    return [word for word in plain.split() if not NUMBERED.fullmatch(word)]


@lru_cache(maxsize=10_000)
def is_generic(label: str) -> bool:
    """Tell whether a label says what is behind a link and not which: "pdf", "Link to Course"."""
    words = _words(label)
    if not words:
        return not re.search(r"[^\W\d_]", label)
    return all(word in KNOWN for word in words) and bool(STRONG & set(words) or len(words) == 1)


def is_weak(label: str) -> bool:
    """Tell whether a generic label could be the name of the thing all the same: "Keras"."""
    return not STRONG & set(_words(label))


def is_contents(title: str) -> bool:
    """Tell whether a heading stands over a table of contents."""
    return CONTENTS.fullmatch(plain_words(title)) is not None


def is_apart(title: str) -> bool:
    """Tell whether a heading begins what is about the file and not of the list."""
    return APART.fullmatch(plain_words(title)) is not None


def is_back_to_top(label: str) -> bool:
    """Tell whether a label leads back to the top of the file."""
    return BACK.fullmatch(label.strip(" ()[]*_-")) is not None


def badge_text(src: str) -> str:
    """Return what a static shields.io badge says: T5 for `/badge/T5-blue`; "" for other images."""
    try:
        parts = urlsplit(src)
    except ValueError:
        return ""
    if not (parts.hostname or "").endswith("shields.io") or "/badge/" not in parts.path:
        return ""
    name = unquote(parts.path.rpartition("/badge/")[2]).removesuffix(".svg")
    pieces = name.replace("--", "\0").split("-")
    words = pieces[:-1] if len(pieces) > 1 else pieces
    text = " ".join(filter(None, words)).replace("\0", "-")
    return text.replace("__", "\0").replace("_", " ").replace("\0", "_").strip()
