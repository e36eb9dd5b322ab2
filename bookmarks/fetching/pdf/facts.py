"""From the bytes of a PDF to the facts of a page; import `extract_pdf`."""

import re
from typing import Any

from bookmarks.fetching.extract.excerpt import MAX_DESCRIPTION, make_excerpt
from bookmarks.fetching.extract.facts import PageFacts
from bookmarks.fetching.extract.language import language_tag
from bookmarks.fetching.extract.main_text import LONGEST_TEXT, MainText
from bookmarks.fetching.extract.page import Found
from bookmarks.fetching.extract.text import count_cjk, count_words, cut
from bookmarks.fetching.pdf.authors import find_authors
from bookmarks.fetching.pdf.document import Document, read_document
from bookmarks.fetching.pdf.identifiers import ARXIV_DOI, find_doi, find_stamp
from bookmarks.fetching.pdf.prose import (
    find_abstract,
    has_references,
    language_of,
    paragraphs_of,
)
from bookmarks.fetching.pdf.title import find_title

PROSE = 60
# Books have so many pages, and say that they are books.
BOOK_PAGES = 60
MANY_CHAPTERS = 3
ISBN = re.compile(r"\bISBN\b", re.IGNORECASE)
CHAPTER = re.compile(r"(?:chapter|part|kapitel|chapitre)\s+[\dIVX]+\b", re.IGNORECASE)


def extract_pdf(body: bytes, url: str) -> PageFacts:
    """The facts of the PDF in `body`, fetched from `url`; raises Unreadable as read_document does.

    The date of publication is arXiv's alone: when a file was made says nothing about it. Words are
    counted only when every page was read.
    """
    document = read_document(body)
    first = document.pages[0] if document.pages else []
    stamp, doi = find_stamp(first), find_doi(document)
    identifiers = _identifiers(stamp.identifier if stamp else "", doi)
    title = find_title(document, url, identifiers[0] if identifiers else "")
    authors, authors_source = find_authors(document)
    abstract = find_abstract(document.pages)
    paragraphs = paragraphs_of(document.pages)
    text = "\n\n".join(paragraphs)
    prose = tuple(one for one in paragraphs if len(one) >= PROSE and one != title.value)
    found = {
        "title": title,
        "description": Found(cut(abstract, MAX_DESCRIPTION), "abstract"),
        "excerpt": make_excerpt(abstract, MainText(prose)),
        "published": Found(stamp.published if stamp else "", "arxiv stamp"),
        "language": _language(text, document),
        "kind": _kind(document, abstract, bool(identifiers)),
        "abstract": Found(abstract, "abstract"),
        "doi": Found(doi, "pdf info" if doi in document.info_doi.lower() else "first page"),
    }
    sources = {name: one.source for name, one in found.items() if one.value}
    if authors:
        sources["authors"] = authors_source
    values: dict[str, Any] = {name: one.value for name, one in found.items()}
    counted = text if document.is_whole else ""
    return PageFacts(
        **values,
        authors=authors,
        canonical_url=url,
        word_count=count_words(counted) or None,
        cjk_count=count_cjk(counted) if counted else None,
        page_count=document.page_count,
        identifiers=identifiers,
        text=cut(text, LONGEST_TEXT),
        sources=sources,
    )


def _identifiers(arxiv: str, doi: str) -> tuple[str, ...]:
    """The identities by which bookmarks.identities knows the paper."""
    own = ARXIV_DOI.fullmatch(doi)
    arxiv = arxiv or (own[1] if own else "")
    found = (arxiv and f"arxiv:{arxiv}", doi and not own and f"doi:{doi}")
    return tuple(one for one in found if one)


def _language(text: str, document: Document) -> Found:
    """That of the text: programs declare the language they were installed in."""
    found = Found(language_of(text[:20_000]), "text")
    return found if found else Found(language_tag(document.language), "pdf lang")


def _kind(document: Document, abstract: str, is_identified: bool) -> Found:
    """A paper by its abstract together with references or an identifier; a book by what it says."""
    referring = has_references(document.pages) or has_references(document.last_pages)
    if is_identified or (abstract and referring):
        return Found("paper", "identifier" if is_identified else "abstract and references")
    if (document.page_count or 0) >= BOOK_PAGES:
        opening = " ".join(line.text for page in document.pages[:6] for line in page)
        chapters = sum(CHAPTER.match(entry) is not None for entry in document.contents)
        if ISBN.search(opening) or chapters >= MANY_CHAPTERS:
            return Found("book", "isbn" if ISBN.search(opening) else "outline")
    return Found("article", "pdf")
