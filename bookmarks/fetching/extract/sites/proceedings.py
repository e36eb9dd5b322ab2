"""Proceedings: ACL Anthology, PMLR, NeurIPS, CVF. JMLR's pages need no rules of their own."""

import re

from bookmarks.fetching.extract.cited import cited
from bookmarks.fetching.extract.page import Page
from bookmarks.fetching.extract.sites.site import SiteFacts, after_label, called, site, text_of

PARAGRAPH = 80
NEURIPS_YEAR = re.compile(r"/paper(?:_files/paper)?/(\d{4})/")
CVF_VENUE = re.compile(r"Proceedings of [^;]*?(?=,? \d{4}|, pp|$)")


def read_acl(page: Page) -> SiteFacts:
    """ACL Anthology: og:description is no abstract; the venue has an entry of its own."""
    facts = SiteFacts()
    venue = after_label(page, "venue", "venues")
    if venue is not None and not page.meta.first("citation_conference_title"):
        facts.tell("venue", page.body.text(venue), "venue")
    if "/" in page.path.strip("/"):
        return facts  # an event or a volume, no paper
    if not text_of(page, "acl-abstract"):
        facts.deny("description")
    return facts


def read_pmlr(page: Page) -> SiteFacts:
    """PMLR: the proceedings stand in italics."""
    facts = SiteFacts()
    for info in called(page, "info"):
        venue = next((one for one in page.body.inside(info) if one.name in ("i", "em")), None)
        if venue is not None and not page.meta.first("citation_conference_title"):
            facts.tell("venue", page.body.text(venue), "info")
    return facts


def read_neurips(page: Page) -> SiteFacts:
    """NeurIPS: the abstract is the third part of the paper's section, without a heading."""
    facts = SiteFacts()
    for section in called(page, "paper-section"):
        parts = [one for one in page.body.inside(section) if one.parent is section]
        text = page.body.text(parts[2]) if len(parts) > 2 else ""
        text = re.sub(r"^Abstract[\s:]*", "", text)
        facts.tell("abstract", text if len(text) >= PARAGRAPH else "", "paper-section")
    found = NEURIPS_YEAR.search(page.path)
    if found and not page.meta.first("citation_journal_title", "citation_conference_title"):
        facts.tell("venue", f"NeurIPS {found[1]}", "address")
    return facts


def read_cvf(page: Page) -> SiteFacts:
    """CVF: its pages of ten years ago have no tags."""
    facts = SiteFacts()
    if page.meta.first("citation_title"):
        return facts
    facts.tell("title", text_of(page, "papertitle"), "papertitle")
    for block in called(page, "authors"):
        names = next((one for one in page.body.inside(block) if one.name in ("i", "em")), None)
        if names is not None:
            facts.authors = facts.authors or tuple(cited([page.body.text(names)]))
        if venue := CVF_VENUE.search(page.body.text(block)):
            facts.tell("venue", venue[0], "authors")
    return facts


SITES = (
    site(read_acl, "aclanthology.org", "aclweb.org"),
    site(read_pmlr, "proceedings.mlr.press"),
    site(read_neurips, ".nips.cc", ".neurips.cc"),
    site(read_cvf, "openaccess.thecvf.com", "cv-foundation.org"),
)
