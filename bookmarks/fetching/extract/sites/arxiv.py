"""arXiv: its abstract pages, and papers turned to HTML by LaTeXML there and at ar5iv."""

import re

from bookmarks.fetching.extract.citation import find_cited_title
from bookmarks.fetching.extract.code_url import find_code_url
from bookmarks.fetching.extract.names import people
from bookmarks.fetching.extract.page import Page
from bookmarks.fetching.extract.sites.site import SiteFacts, called, site, text_of

# The title element is "[1706.03762] Attention Is All You Need", the heading "Title:Attention ...".
NUMBERED = re.compile(r"^\[[^\]]{4,30}\]\s*")
LABELLED = re.compile(r"^(?:title|abstract)\s*:\s*", re.IGNORECASE)
MATH = re.compile(r"\$[^$]*\$")
# What the comments say of where a paper comes out, up to the next stop.
ACCEPTED = re.compile(
    r"\b(?:accepted|to appear|appear(?:s|ed|ing)?|published|presented|in proceedings)\b"
    r"(?:\s+(?:for|as|a|an|the|conference|workshop|journal|paper|publication|presentation|poster|"
    r"oral|spotlight))*\s+(?:at|to|in|by|of)\s+(?:the\s+)?(?P<venue>[A-Z][^.;,()\[\]]{1,80})",
    re.IGNORECASE,
)
CONFERENCE = re.compile(
    r"\b(?P<venue>(?:NeurIPS|NIPS|ICML|ICLR|CVPR|ICCV|ECCV|WACV|BMVC|3DV|ACL|EMNLP|NAACL|EACL|"
    r"AACL|TACL|COLING|CoNLL|COLM|COLT|ALT|AISTATS|UAI|AAAI|IJCAI|KDD|WWW|WSDM|CIKM|SIGIR|RecSys|"
    r"SIGGRAPH(?: Asia)?|CHI|TMLR|JMLR|TPAMI|CoRL|RSS|ICRA|IROS|L4DC|INTERSPEECH|ICASSP|ISMIR|"
    r"MICCAI|MLSys|LREC)(?:\s?['’]?(?:19|20)?\d\d)?\b(?:\s(?:Findings|Workshop|Datasets))?)"
)


def read_arxiv(page: Page) -> SiteFacts:
    """An abstract page; a paper in HTML has none of its tags."""
    facts = _read_latexml(page)
    if facts.found:
        return facts
    title = _readable_title(page)
    facts.tell("title", title, "citation_title" if title else "")
    if not title:
        heading = LABELLED.sub("", text_of(page, "title", "h1"))
        facts.tell("title", heading or NUMBERED.sub("", page.title_element), "h1")
    comments = text_of(page, "comments", "td")
    abstract = page.meta.first("citation_abstract") or LABELLED.sub("", text_of(page, "abstract"))
    facts.tell("venue", text_of(page, "jref", "td"), "journal reference")
    if "venue" not in facts.found:
        facts.tell("venue", venue_in(comments), "comments")
    if code := find_code_url(page, comments, abstract):
        facts.tell("code_url", code.value, code.source)
    online, first = page.meta.first("citation_online_date"), page.meta.first("citation_date")
    if online > first:
        facts.tell("modified", online.replace("/", "-"), "citation_online_date")
    return facts


def _readable_title(page: Page) -> str:
    """The title as TeX, unless TeX is used for letters: og:title has those in Unicode."""
    title, shown = find_cited_title(page).value, page.meta.first("og:title")
    if "\\" in MATH.sub("", title) and shown and not shown.endswith("..."):
        return shown
    return title


def venue_in(comments: str) -> str:
    """The venue that an author's comments tell of, "" when they tell of none."""
    known = CONFERENCE.search(comments)
    if known:
        return known["venue"].strip()
    said = ACCEPTED.search(comments)
    return said["venue"].strip(" -–—:") if said and said["venue"][0].isupper() else ""


def _read_latexml(page: Page) -> SiteFacts:
    facts = SiteFacts()
    facts.tell("title", text_of(page, "ltx_title_document"), "h1")
    if not facts.found:
        return facts
    abstract = text_of(page, "ltx_abstract")
    facts.tell("abstract", re.sub(r"^\W*abstract[\s:.]*", "", abstract, flags=re.I), "abstract")
    names = (page.body.text(one) for one in called(page, "ltx_personname"))
    facts.authors = tuple(people(name for name in names if len(name) <= 120))
    return facts


SITES = (
    site(read_arxiv, "arxiv.org", ".arxiv.org", "xxx.lanl.gov", "ar5iv.org", ".labs.arxiv.org"),
)
