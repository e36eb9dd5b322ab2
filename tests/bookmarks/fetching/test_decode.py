"""Bytes to text: who decides about the charset, and in what order."""

import codecs
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookmarks.fetching.charset_labels import CODECS, ENCODINGS, encoding_named
from bookmarks.fetching.decode import decode
from bookmarks.fetching.detection import OTHER_CODECS
from bookmarks.fetching.prescan import WINDOW, charset_in_content, declared_encoding

JAPANESE = "これは日本語の文章です。機械学習について書いています。"
CHINESE = "机器学习是人工智能的一个分支。我们正在写一本关于它的书。"
TAIWANESE = "機器學習是人工智慧的一個分支。我們正在寫一本關於它的書。"
KOREAN = "기계 학습은 인공지능의 한 분야이다. 우리는 그것에 관한 책을 쓰고 있다."
RUSSIAN = "Машинное обучение — это раздел искусственного интеллекта. Мы пишем о нём книгу."
THAI = "การเรียนรู้ของเครื่องเป็นสาขาหนึ่งของปัญญาประดิษฐ์"
FRENCH = "L’apprentissage automatique est né à l’été où l’on rêvait de façons d’être ingénieux."
CZECH = "Příliš žluťoučký kůň úpěl ďábelské ódy, když šel za učením počítačů a ještě žil."
TURKISH = "Makine öğrenmesi yapay zekânın bir dalıdır. Onun hakkında bir kitap yazıyoruz, şimdi."
GREEK = "Η μηχανική μάθηση είναι κλάδος της τεχνητής νοημοσύνης."


# --- labels ---------------------------------------------------------------------------------


def test_every_label_of_the_standard_is_known() -> None:
    assert len(ENCODINGS) == 228
    assert len(CODECS) == 40
    assert set(ENCODINGS.values()) == set(CODECS)


def test_every_encoding_has_a_codec_that_makes_text() -> None:
    for encoding, codec in CODECS.items():
        if codec != "-":
            assert codecs.lookup(codec)._is_text_encoding, encoding


@pytest.mark.parametrize(
    ("label", "encoding"),
    [
        ("latin1", "windows-1252"),
        ("ISO-8859-1", "windows-1252"),
        (" utf8\n", "utf-8"),
        ("gb2312", "gbk"),
        ("GBK", "gbk"),
        ("shift-jis", "shift_jis"),
        ("ks_c_5601-1987", "euc-kr"),
        ("tis-620", "windows-874"),
        ("iso-8859-9", "windows-1254"),
        ("hz-gb-2312", "replacement"),
        ("unicode", "utf-16le"),
        ("utf-7", ""),
        ("hex", ""),
        ("zlib", ""),
        ("rot13", ""),
        ("base64", ""),
        ("idna", ""),
        ("utf-32", ""),
        ("cp037", ""),
        ("unicode_escape", ""),
        ("", ""),
    ],
)
def test_only_the_standards_labels_name_an_encoding(label: str, encoding: str) -> None:
    assert encoding_named(label) == encoding


# --- the page's own declaration ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "encoding"),
    [
        (b"<meta charset=iso-8859-2>", "iso-8859-2"),
        (b'<META CHARSET="ISO-8859-2">', "iso-8859-2"),
        (b"<meta charset = 'iso-8859-2' >", "iso-8859-2"),
        (b"<meta/charset=iso-8859-2>", "iso-8859-2"),
        (b"<meta a=1 b=2 charset=iso-8859-2>", "iso-8859-2"),
        (b"<meta charset=bogus><meta charset=iso-8859-2>", "iso-8859-2"),
        (b"<meta charset=utf-16>", "utf-8"),
        (b"<meta charset=utf-16be>", "utf-8"),
        (b"<meta charset=x-user-defined>", "windows-1252"),
        (b"<meta charset=utf-7>", ""),
        (b"<metacharset=iso-8859-2>", ""),
        (b"<meta><charset=iso-8859-2>", ""),
        (b"<meta name=x content='text/html; charset=iso-8859-2'>", ""),
        (
            b"<meta http-equiv=Content-Type content='text/html; charset=iso-8859-2'>",
            "iso-8859-2",
        ),
        (b"<meta content='charset=iso-8859-2' http-equiv=content-type>", "iso-8859-2"),
        (b"<meta http-equiv=refresh content='charset=iso-8859-2'>", ""),
        (b"<meta http-equiv=content-type content='charset=\"iso-8859-2'>", ""),
        (b"<meta charset=utf-8 charset=iso-8859-2>", "utf-8"),
        (b"<!-- <meta charset=utf-8> --><meta charset=iso-8859-2>", "iso-8859-2"),
        (b"<!--><meta charset=iso-8859-2>", "iso-8859-2"),
        (b"<!-- never closed <meta charset=iso-8859-2>", ""),
        (b"<a title='<meta charset=utf-8>'><meta charset=iso-8859-2>", "iso-8859-2"),
        (b'<a title="><meta charset=utf-8>', ""),
        (b"</a href='<meta charset=utf-8>'><meta charset=iso-8859-2>", "iso-8859-2"),
        (b"<!doctype html><?php x ?><meta charset=iso-8859-2>", "iso-8859-2"),
        (b"< meta charset=iso-8859-2>", ""),
        (b"<3 <meta charset=iso-8859-2>", "iso-8859-2"),
        (b"<meta charset=iso-8859-2", ""),
        (b"<meta =charset=utf-8 charset=iso-8859-2>", "iso-8859-2"),
        (b"<script>'<meta charset=iso-8859-2>'", "iso-8859-2"),
        (b"<?xml version='1.0' encoding='iso-8859-2'?>", "iso-8859-2"),
        (b'<?xml encoding = "iso-8859-2" ?><p>', "iso-8859-2"),
        (b"<?xml encoding='utf-16'?>", "utf-8"),
        (b" <?xml encoding='iso-8859-2'?>", ""),
        (b"<?xml encoding=iso-8859-2?>", ""),
        (b"<?xml version='1.0'?>", ""),
        (b"<?xml encoding='utf-8'?><meta charset=iso-8859-2>", "iso-8859-2"),
        ("<?xml".encode("utf-16-le"), "utf-16le"),
        ("<?xml".encode("utf-16-be"), "utf-16be"),
        (b"", ""),
        (b"<", ""),
        (b"<m", ""),
    ],
)
def test_a_declaration_is_read_as_the_standard_says(page: bytes, encoding: str) -> None:
    assert declared_encoding(page) == encoding


def test_a_declaration_counts_only_in_the_first_1024_bytes() -> None:
    declaration = b"<meta charset=iso-8859-2>"
    fits = b" " * (WINDOW - len(declaration)) + declaration
    assert declared_encoding(fits) == "iso-8859-2"
    assert declared_encoding(b" " + fits) == ""


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("text/html; charset=utf-8", "utf-8"),
        ("text/html;charset=UTF-8;x=y", "utf-8"),
        ('text/html; charset="koi8-r"', "koi8-r"),
        ("text/html; charset = koi8-r", "koi8-r"),
        ("text/html; charset", ""),
        ("text/html; charset=", ""),
        ("charset charset=koi8-r", "koi8-r"),
        ("text/html; charset='koi8-r", ""),
        ("text/html", ""),
    ],
)
def test_a_charset_is_found_in_a_content_type(content: str, encoding: str) -> None:
    assert charset_in_content(content) == encoding


@given(st.binary(max_size=200))
def test_no_bytes_upset_the_prescan(data: bytes) -> None:
    declared_encoding(b"<meta " + data)


# --- who decides ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "header", "text", "charset"),
    [
        # A byte order mark beats everything.
        (b"\xef\xbb\xbfcaf\xc3\xa9", "text/html; charset=koi8-r", "café", "utf-8"),
        ("é".encode("utf-16"), "text/html; charset=utf-8", "é", "utf-16le"),
        (b"\xfe\xff\x00\xe9", "", "é", "utf-16be"),
        (b"\xef\xbb\xbf<meta charset=koi8-r>\xc3\xa9", "", "<meta charset=koi8-r>é", "utf-8"),
        # The header beats the page.
        (
            "<meta charset=utf-8>Привет".encode("koi8-r"),
            "text/html; charset=koi8-r",
            None,
            "koi8-r",
        ),
        # The bytes beat a header that cannot be right.
        ("café".encode(), "text/html; charset=iso-8859-1", "café", "utf-8"),
        ("<meta charset=latin1>café".encode(), "", None, "utf-8"),
        (b"caf\xe9 cr\xe8me br\xfbl\xe9e", "text/html; charset=utf-8", None, "windows-1252"),
        # A stray byte does not make a page another charset.
        ("ééééé ".encode() + b"\xe9", "text/html; charset=utf-8", "ééééé \ufffd", "utf-8"),
        # A character cut off at the cap is no contradiction.
        ("é".encode()[:1], "text/html; charset=utf-8", "\ufffd", "utf-8"),
        ("naïve é".encode()[:-1], "", "naïve \ufffd", "utf-8"),
        # The page's own declaration.
        (
            b"<meta charset=windows-1251>\xcf\xf0",
            "text/html",
            "<meta charset=windows-1251>Пр",
            None,
        ),
        (b"<p>" * 40_000 + b"<meta charset=windows-1251>\xcf\xf0", "", None, "windows-1251"),
        (b"<!--" + b" " * 9000 + b"<meta charset=koi8-r>-->x", "", None, "windows-1252"),
        (b"<meta charset=utf-16>plain", "", "<meta charset=utf-16>plain", "utf-8"),
        # Nothing declared.
        ("café".encode(), "", "café", "utf-8"),
        (b"plain ascii", "", "plain ascii", "windows-1252"),
        (b"", "", "", "windows-1252"),
        ("<p>hello</p> there".encode("utf-16-le"), "", "<p>hello</p> there", "utf-16le"),
        ("<p>hello</p> there".encode("utf-16-be"), "", "<p>hello</p> there", "utf-16be"),
        # Encodings that are read as the standard says, or not at all.
        (b"+ADw-script+AD4-", "text/html; charset=utf-7", "+ADw-script+AD4-", "windows-1252"),
        (b"3c68313e", "text/html; charset=hex", "3c68313e", "windows-1252"),
        (b"~{<:Ky~}", "text/html; charset=hz-gb-2312", "\ufffd", "replacement"),
        (b"a\x80", "text/html; charset=x-user-defined", "a\uf780", "x-user-defined"),
        (b"\x80\x99", "text/html; charset=iso-8859-1", "€™", "windows-1252"),
    ],
)
def test_the_charset_is_decided_by(
    body: bytes, header: str, text: str | None, charset: str | None
) -> None:
    found, name = decode(body, header)
    assert text is None or found == text
    assert charset is None or name == charset


@pytest.mark.parametrize(
    ("text", "label"),
    [
        (CHINESE, "gb2312"),
        (CHINESE, "gbk"),
        (CHINESE, "gb18030"),
        (TAIWANESE, "big5"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc-jp"),
        (JAPANESE, "iso-2022-jp"),
        (KOREAN, "euc-kr"),
        (RUSSIAN, "windows-1251"),
        (RUSSIAN.replace("—", "-"), "koi8-r"),
        (THAI, "tis-620"),
        (FRENCH, "windows-1252"),
        (GREEK, "windows-1253"),
    ],
)
@pytest.mark.parametrize("declared", ["header", "meta"])
def test_a_declared_charset_is_read(text: str, label: str, declared: str) -> None:
    page = f"<meta charset={label}>{text}" if declared == "meta" else text
    body = page.encode(CODECS[encoding_named(label)])
    header = f"text/html; charset={label}" if declared == "header" else "text/html"
    assert decode(body, header)[0] == page


@pytest.mark.parametrize(
    ("text", "codec", "charset"),
    [
        (CHINESE, "gb18030", "gb18030"),
        (TAIWANESE, "big5", "big5"),
        (JAPANESE, "cp932", "shift_jis"),
        (JAPANESE, "euc-jp", "euc-jp"),
        (JAPANESE, "iso2022-jp", "iso-2022-jp"),
        (KOREAN, "cp949", "euc-kr"),
        (RUSSIAN, "cp1251", "windows-1251"),
        (RUSSIAN.replace("—", "-"), "koi8-r", "koi8-r"),
        (FRENCH, "cp1252", "windows-1252"),
        (GREEK, "cp1253", "windows-1253"),
        (RUSSIAN.replace("—", "-"), "cp855", "ibm855"),
        (CZECH, "iso8859-2", "iso-8859-2"),
        (TURKISH, "cp1254", "windows-1254"),
        (RUSSIAN, "utf-32-be", "utf-32be"),
        (RUSSIAN, "utf-32-le", "utf-32le"),
    ],
)
def test_an_undeclared_charset_is_recognised(text: str, codec: str, charset: str) -> None:
    page = f"<html><script>var a = 1;</script><p>{text * 4}</p>"
    found, name = decode(page.encode(codec))
    assert (found, name) == (page, charset)


@given(st.binary(max_size=300), st.sampled_from(["", "text/html; charset=", *sorted(ENCODINGS)]))
def test_any_bytes_become_text(body: bytes, label: str) -> None:
    text, charset = decode(body, f"text/html; charset={label}")
    assert isinstance(text, str)
    assert charset in CODECS | OTHER_CODECS


def test_two_megabytes_of_anything_are_decoded_in_time() -> None:
    start = time.process_time()
    for body in (
        b"\xff" * 2_000_000,
        b"<" * 2_000_000,
        b"<!--" * 500_000,
        b"\xa4\xa2<a " * 400_000,
    ):
        decode(body)
    assert time.process_time() - start < 4
