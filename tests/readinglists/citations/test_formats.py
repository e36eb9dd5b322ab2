"""Citations in their four forms, read back by the programs of others."""

import json
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from hypothesis import given, settings

from bookmarks.formats.recognising import reader_of
from readinglists.citations.bibtex import write_biblatex, write_bibtex
from readinglists.citations.csl import write_csl
from readinglists.citations.latex import latex, protected
from readinglists.citations.names import Name
from readinglists.citations.record import CitationRecord, Kind
from readinglists.citations.ris import write_ris
from tests.readinglists.citations.records import HOSTILE, RECORDS, record

pytestmark = pytest.mark.once

# The types that Zotero's importer of CSL-JSON lets in (zotero/translators, "CSL JSON.js",
# detectImport); one other type in a file and it refuses the whole of it.
_ZOTERO_TYPES = """
article article-journal article-magazine article-newspaper bill book broadcast chapter dataset
entry entry-dictionary entry-encyclopedia figure graphic interview legal_case legislation
manuscript map motion_picture musical_score pamphlet paper-conference patent
personal_communication post post-weblog report review review-book song speech thesis treaty webpage
"""
ZOTERO_TYPES = frozenset(_ZOTERO_TYPES.split())
ATTENTION = record(
    "vaswani2017attention",
    Kind.CONFERENCE,
    title="Attention Is All You Need",
    authors=(Name("Vaswani", "Ashish"), Name("van der Berg", "N.", "Jr."), Name(literal="OpenAI")),
    year=2017,
    month=6,
    day=12,
    venue="NeurIPS 2017",
    arxiv="1706.03762",
    primary_class="cs.CL",
    doi="10.5555/3295222",
    url="https://arxiv.org/abs/1706.03762",
    abstract="We propose\n\na new network.",
    keywords=("nlp", "attention"),
)


def test_the_importer_reads_what_is_written() -> None:
    site = record(
        "b", Kind.POST, site="Distill", url="https://d.example/a_b", accessed="2026-01-02"
    )
    for write in (write_bibtex, write_biblatex, write_ris, write_csl):
        data = "".join(write([ATTENTION, site])).encode()
        paper, post = reader_of(data)[1].read(BytesIO(data))
        assert (paper.url, paper.title) == (ATTENTION.url, ATTENTION.title)
        assert paper.tags == ATTENTION.keywords
        assert paper.facts["authors"] == ["Ashish Vaswani", "N. van der Berg Jr.", "OpenAI"]
        assert (paper.facts["venue"], paper.facts["doi"]) == (ATTENTION.venue, ATTENTION.doi)
        assert paper.facts["abstract"] == "We propose a new network." or write is write_csl
        assert "2017-06-12".startswith(paper.facts["published"])
        assert (post.url, post.description, post.facts.get("venue")) == (site.url, "", None)
        assert post.saved_at == datetime(2026, 1, 2, tzinfo=UTC)
        assert post.facts.get("site_name") == "Distill" or write is write_bibtex


def parsed(text: str) -> dict[str, dict[str, str]]:
    library = parse_string(text)
    assert library.failed_blocks == []
    assert not library.comments
    return {
        entry.key: {"type": entry.entry_type, **{f.key: f.value for f in entry.fields}}
        for entry in library.entries
    }


def test_bibtex_tells_the_published_form_and_keeps_the_preprint() -> None:
    entry = parsed("".join(write_bibtex([ATTENTION])))["vaswani2017attention"]
    assert entry == {
        "type": "inproceedings",
        "author": "Vaswani, Ashish and van der Berg, Jr., N. and {OpenAI}",
        "title": "Attention Is All You Need",
        "booktitle": "NeurIPS 2017",
        "year": "2017",
        "month": "jun",
        "eprint": "1706.03762",
        "archivePrefix": "arXiv",
        "eprinttype": "arxiv",
        "primaryClass": "cs.CL",
        "doi": "10.5555/3295222",
        "url": "https://arxiv.org/abs/1706.03762",
        "abstract": "We propose a new network.",
        "keywords": "nlp, attention",
    }


def test_biblatex_has_types_and_dates_of_its_own() -> None:
    code = record(
        "ada2020engine", Kind.CODE, year=2020, month=2, accessed="2026-01-02", medium="Software"
    )
    entry = parsed("".join(write_biblatex([code])))["ada2020engine"]
    assert (entry["type"], entry["date"], entry["urldate"]) == ("software", "2020-02", "2026-01-02")
    old = parsed("".join(write_bibtex([code])))["ada2020engine"]
    assert (old["type"], old["howpublished"], old["note"]) == (
        "misc",
        "Software",
        "Accessed: 2026-01-02",
    )


@pytest.mark.parametrize("write", [write_bibtex, write_biblatex])
@pytest.mark.parametrize("kind", Kind)
def test_hostile_titles_break_no_block(write: Any, kind: Kind) -> None:
    records = [
        record(f"key{place}", kind, title=text, venue=text, abstract=text, note=text, site=text)
        for place, text in enumerate(HOSTILE)
    ]
    assert set(parsed("".join(write(records)))) == {one.key for one in records}


@settings(max_examples=100, deadline=None)
@given(RECORDS)
def test_bibtex_of_anything_is_one_entry(cited: CitationRecord) -> None:
    after = record("after2020x")
    for write in (write_bibtex, write_biblatex):
        assert list(parsed("".join(write([cited, after])))) == [cited.key, "after2020x"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("50% of A & B #1 a_b", r"50\% of A \& B \#1 a\_b"),
        ("~ ^ \\", r"\textasciitilde{} \textasciicircum{} \textbackslash{}"),
        ("ReLU$^2$ {x", "ReLU$^2$ x"),
        ("costs $5 and $10", r"costs \$5 and \$10"),
        ("} a {b} {", "a {b} "),
        ("already \\& escaped", r"already \& escaped"),
    ],
)
def test_what_latex_would_take_for_commands_is_escaped(text: str, shown: str) -> None:
    assert latex(text).strip() == shown.strip()


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("BERT: Pre-training of Deep", "{BERT}: Pre-training of Deep"),
        ("GPT-4 Technical Report", "{GPT}-4 Technical Report"),
        ("A Study of Q-Learning", "A Study of {Q}-Learning"),
        ("ReLU$^2$ Wins", "{ReLU}$^2$ Wins"),
        ("{BERT} stays", "{BERT} stays"),
        ("Using $Q^*$ & LaTeX", r"Using $Q^*$ \& {LaTeX}"),
    ],
)
def test_capitals_inside_words_are_protected(title: str, shown: str) -> None:
    assert protected(title) == shown


def test_ris_is_read_back_equal() -> None:
    text = "".join(write_ris([ATTENTION]))
    assert text.endswith("ER  - \r\n\r\n")
    assert text.count("\n") == text.count("\r\n")
    [entry] = rispy.loads(text)
    assert entry == {
        "type_of_reference": "CONF",
        "id": "vaswani2017attention",
        "title": "Attention Is All You Need",
        "authors": ["Vaswani, Ashish", "van der Berg, N., Jr.", "OpenAI"],
        "year": "2017",
        "date": "2017/06/12",
        "secondary_title": "NeurIPS 2017",
        "custom3": "NeurIPS 2017",
        "accession_number": "arXiv:1706.03762",
        "doi": "10.5555/3295222",
        "urls": ["https://arxiv.org/abs/1706.03762"],
        "abstract": "We propose a new network.",
        "keywords": ["nlp", "attention"],
    }
    assert rispy.loads(rispy.dumps([entry])) == [entry]


@settings(max_examples=100, deadline=None)
@given(RECORDS)
def test_ris_of_anything_keeps_its_fields(cited: CitationRecord) -> None:
    entries = rispy.loads("".join(write_ris([cited, record("after2020x")])))
    assert [entry["id"] for entry in entries] == [cited.key, "after2020x"]
    title = " ".join(cited.title.split())
    assert entries[0].get("title", "") == title
    assert rispy.loads(rispy.dumps(entries)) == entries


def test_csl_json_tells_all_and_types_that_zotero_knows() -> None:
    [entry] = json.loads("".join(write_csl([ATTENTION])))
    assert entry["author"] == [
        {"family": "Vaswani", "given": "Ashish"},
        {"family": "van der Berg", "given": "N.", "suffix": "Jr."},
        {"literal": "OpenAI"},
    ]
    assert entry["issued"] == {"date-parts": [[2017, 6, 12]]}
    assert (entry["container-title"], entry["number"]) == ("NeurIPS 2017", "arXiv:1706.03762")
    entries = json.loads("".join(write_csl(record(kind=kind) for kind in Kind)))
    assert {one["type"] for one in entries} <= ZOTERO_TYPES
    assert json.loads("".join(write_csl([]))) == []


def test_a_preprint_is_told_without_loss() -> None:
    [entry] = json.loads("".join(write_csl([record(arxiv="1706.03762")])))
    assert (entry["type"], entry["genre"], entry["publisher"], entry["number"]) == (
        *("article", "preprint", "arXiv"),
        "arXiv:1706.03762",
    )


@settings(max_examples=50, deadline=None)
@given(RECORDS)
def test_csl_json_of_anything_is_json(cited: CitationRecord) -> None:
    [entry] = json.loads("".join(write_csl([cited])))
    assert entry["id"] == cited.key
    assert entry["type"] in ZOTERO_TYPES
