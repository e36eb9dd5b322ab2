"""What is understood of a PDF."""

import io

import pypdf
import pytest

from bookmarks.fetching.pdf import extract_pdf
from tests.bookmarks.fetching.pdf import PROSE, URL, Text, lines, make_pdf

STAMP = Text("arXiv:1706.03762v5  [cs.CL]  6 Dec 2017", 20, 30, 200, turned=True)
TITLE = (Text("Attention Is All", 17, 200, 740), Text("You Need", 17, 230, 720))
COLUMNS = [
    *lines("Abstract", size=12, top=640),
    *lines(*PROSE, top=620),
    *lines("1 Introduction", size=12, top=560),
    *lines(*PROSE, top=540),
    *lines("and these are models of trans-", "lation between languages.", x=320, top=640),
]
REFERENCES = [
    *lines("References", size=12),
    *lines("[1] A. Nother. Paper. doi:10.1000/OTHER.1", top=580),
]


def paper(*extra: Text, **options: object) -> bytes:
    return make_pdf([[*TITLE, *extra, *COLUMNS], REFERENCES], **options)  # type: ignore[arg-type]


def xmp(body: str) -> str:
    return (
        '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'{body}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    )


def test_a_paper_in_two_columns_with_arxivs_stamp() -> None:
    facts = extract_pdf(paper(STAMP), URL)
    assert facts.title == "Attention Is All You Need"
    assert facts.kind == "paper"
    assert facts.identifiers == ("arxiv:1706.03762",)
    assert facts.published == "2017-06"
    assert facts.abstract == " ".join(PROSE)
    assert facts.excerpt == facts.description == facts.abstract
    assert facts.page_count == 2
    assert facts.word_count
    assert facts.language == "en"
    assert "models of translation between languages." in facts.text
    assert facts.doi == ""
    assert facts.sources["title"] == "largest text"
    assert facts.authors == ()


@pytest.mark.parametrize(
    ("stamp", "identifier", "published"),
    [
        ("arXiv:1706.03762v1 [cs.CL] 12 Jun 2017", "arxiv:1706.03762", "2017-06-12"),
        ("arXiv:2401.12345v3 [stat.ML] 1 Mar 2025", "arxiv:2401.12345", "2024-01"),
        ("arXiv:math/0309136v1 [math.GT] 8 Sep 2003", "arxiv:math/0309136", "2003-09-08"),
        ("arXiv:math.GT/0309136v2 8 Oct 2003", "arxiv:math/0309136", "2003-09"),
    ],
)
def test_the_stamp_tells_the_day_of_its_version(
    stamp: str, identifier: str, published: str
) -> None:
    facts = extract_pdf(paper(Text(stamp, 20, 30, 200, turned=True)), URL)
    assert facts.identifiers == (identifier,)
    assert facts.published == published


def test_a_paper_without_identifier_is_known_by_abstract_and_references() -> None:
    assert extract_pdf(paper(), URL).kind == "paper"
    assert extract_pdf(make_pdf([[*TITLE, *COLUMNS]]), URL).kind == "article"
    assert extract_pdf(make_pdf([[*TITLE, *lines(*PROSE)], REFERENCES]), URL).kind == "article"


@pytest.mark.parametrize(
    ("line", "doi"),
    [
        ("https://doi.org/10.1145/3292500.3330701", "10.1145/3292500.3330701"),
        ("DOI: 10.1016/S0004-3702(97)00043-X.", "10.1016/s0004-3702(97)00043-x"),
        ("10.1000/one and 10.1000/two", ""),
        ("Version 10.1234 of our program", ""),
    ],
)
def test_a_doi_alone_on_the_first_page_is_the_papers(line: str, doi: str) -> None:
    facts = extract_pdf(paper(Text(line, 8, 72, 40)), URL)
    assert facts.doi == doi
    assert facts.identifiers == ((f"doi:{doi}",) if doi else ())


def test_arxivs_own_doi_is_the_paper_at_arxiv() -> None:
    facts = extract_pdf(paper(info={"doi": "10.48550/arXiv.1706.03762"}), URL)
    assert facts.identifiers == ("arxiv:1706.03762",)
    assert facts.doi == "10.48550/arxiv.1706.03762"


def test_the_title_of_the_metadata_comes_first() -> None:
    facts = extract_pdf(paper(info={"Title": "On Ünïcode"}, outline=["Something else"]), URL)
    assert (facts.title, facts.sources["title"]) == ("On Ünïcode", "pdf info")


@pytest.mark.parametrize(
    "junk",
    [
        *("", "  ", "untitled", "Untitled-1", "Sharelatex Example", "Microsoft Word - x.doc"),
        *("Title", "paper.dvi", "some-file", "some-file.pdf", "SOME-FILE", "Document1", "main"),
        *("PowerPoint Presentation", "Microsoft PowerPoint - talk.ppt [Read-Only]", "12345"),
        *("PII: S0004-3702(97)00043-X", "C:\\Users\\x\\paper.doc", "LaTeX Template", "template"),
        *("arXiv:1706.03762v5 [cs.CL] 6 Dec 2017", "doi:10.1145/1", "\ufffd\ufffd", "(anonymous)"),
        *("Formatting Instructions for Conference Submissions", "camera_ready_v2.tex"),
    ],
)
def test_a_title_that_programs_and_templates_leave_is_refused(junk: str) -> None:
    facts = extract_pdf(paper(info={"Title": junk}), URL)
    assert facts.title == "Attention Is All You Need"


@pytest.mark.parametrize(
    "title", ["Untitled Goose Games", "Papers", "Main Memory", "Title IX", "Slide Rules"]
)
def test_a_title_that_only_begins_like_junk_is_one(title: str) -> None:
    assert extract_pdf(paper(info={"Title": title}), URL).title == title


def test_a_file_with_xmp_alone() -> None:
    packet = xmp(
        '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">A Title in XMP</rdf:li></rdf:Alt>'
        "</dc:title><dc:creator><rdf:Seq><rdf:li>Ada Lovelace</rdf:li><rdf:li>Bob Šmíd</rdf:li>"
        "</rdf:Seq></dc:creator>"
    )
    facts = extract_pdf(paper(xmp=packet), URL)
    assert (facts.title, facts.sources["title"]) == ("A Title in XMP", "xmp")
    assert facts.authors == ("Ada Lovelace", "Bob Šmíd")


def test_an_outline_gives_the_title_unless_it_begins_with_a_chapter() -> None:
    body = [[*lines(*PROSE)]]
    facts = extract_pdf(make_pdf(body, outline=["On Outlines", "Introduction"]), URL)
    assert (facts.title, facts.sources["title"]) == ("On Outlines", "outline")
    for first in ("Introduction", "1 Introduction", "Abstract", "Chapter 1", "3.1 Methods"):
        facts = extract_pdf(make_pdf(body, outline=[first]), URL)
        assert (facts.title, facts.sources["title"]) == ("some file", "file name")


def test_an_identifier_or_the_file_name_stands_in_for_a_title() -> None:
    page = [[STAMP, *lines(*PROSE)]]
    assert extract_pdf(make_pdf(page), URL).title == "arxiv:1706.03762"
    plain = make_pdf([lines(*PROSE)])
    assert (
        extract_pdf(plain, "https://x.example/a/Some%20Notes_v2.PDF?x=1").title == "Some Notes_v2"
    )
    assert extract_pdf(plain, "https://x.example/").title == ""


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Ada Lovelace", ("Ada Lovelace",)),
        ("Ada Lovelace, Charles Babbage", ("Ada Lovelace", "Charles Babbage")),
        ("Ada Lovelace, Charles Babbage, and Mary Shelley",
         ("Ada Lovelace", "Charles Babbage", "Mary Shelley")),
        ("Ada Lovelace and Charles Babbage", ("Ada Lovelace", "Charles Babbage")),
        ("Lovelace, Ada; Babbage, Charles", ("Ada Lovelace", "Charles Babbage")),
        ("Ada Lovelace; Charles Babbage", ("Ada Lovelace", "Charles Babbage")),
        ("Lovelace, Ada", ("Ada Lovelace",)),
        ("Administrator", ()), ("user", ()), ("Microsoft Office User", ()), ("jsmith", ()),
        ("LaTeX with hyperref", ()), ("Anonymous Author(s)", ()), ("a@b.example", ()), ("", ()),
    ],
)  # fmt: skip
def test_authors_are_split_and_programs_are_none(author: str, names: tuple[str, ...]) -> None:
    assert extract_pdf(paper(info={"Author": author}), URL).authors == names


def test_when_the_file_was_made_is_no_date_of_publication() -> None:
    info = {"CreationDate": "D:20200101000000Z", "ModDate": "D:20210101000000Z"}
    facts = extract_pdf(paper(info=info), URL)
    assert facts.published == facts.modified == ""


def test_chinese_is_read_and_counted() -> None:
    page = [
        Text("深度学习综述", 18, 200, 740),
        *lines("我们研究了深度学习的方法", "并且比较了很多模型。"),
    ]
    facts = extract_pdf(make_pdf([page]), URL)
    assert facts.title == "深度学习综述"
    assert facts.language == "zh"
    assert facts.cjk_count == facts.word_count == 27


def test_the_text_says_which_language_it_is_in_before_the_program_does() -> None:
    assert extract_pdf(paper(language="de-DE"), URL).language == "en"
    assert extract_pdf(make_pdf([[Text("Kurz")]], language="de-DE"), URL).language == "de-DE"


def test_a_book_says_that_it_is_one() -> None:
    page = lines(*PROSE)
    pages = [lines("ISBN 978-0-00-000000-2"), *[page] * 70]
    facts = extract_pdf(make_pdf(pages), URL)
    assert (facts.kind, facts.page_count) == ("book", 71)
    assert facts.word_count is None, "not every page was read"


def encrypted(password: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(paper(info={"Title": "Under Lock"})))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def test_a_file_that_is_locked_for_printing_only_is_read() -> None:
    facts = extract_pdf(encrypted(""), URL)
    assert facts.title == "Under Lock"
    assert facts.abstract
