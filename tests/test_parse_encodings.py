"""Documents in any encoding: their letters come out right, whoever names it wrongly."""

import pytest
from articles import SEEN

from newsletter.model import Document, Feed
from newsletter.parse import FeedJob, parse_feed
from newsletter.parse.feed.encoding import utf8

URL = "https://ledger.example/feeds/all.xml"
XML = "application/xml"


def title(content: bytes, kind: str | None = None) -> str:
    document = Document(url=URL, content=content, content_type=kind)
    feed = Feed(url=URL, section="News")
    [found] = parse_feed(
        FeedJob(document=document, feed=feed, seen_at=SEEN, language="en")
    ).articles
    return found.title


def rss(title_: str, encoding: str = "") -> str:
    declared = f' encoding="{encoding}"' if encoding else ""
    return (
        f'<?xml version="1.0"{declared}?><rss version="2.0"><channel><item>'
        f"<title>{title_}</title></item></channel></rss>"
    )


@pytest.mark.parametrize(
    ("text", "coding"),
    [
        ("Café", "utf-8"), ("Café", "iso-8859-1"), ("“Café”", "windows-1252"),
        ("Дождь", "koi8-r"), ("Дождь", "windows-1251"), ("雨が降る", "shift_jis"),
        ("雨が降る", "euc-jp"), ("雨が降る", "iso-2022-jp"), ("下雨了", "gb2312"),
        ("下雨了", "big5"),
        ("Žluť", "iso-8859-2"), ("Café", "utf-16"), ("Café", "utf-32"),
    ],
)  # fmt: skip
def test_the_declared_encoding_is_believed(text: str, coding: str):
    assert title(rss(text, coding).encode(coding)) == text


@pytest.mark.parametrize("coding", ["utf-16-le", "utf-16-be", "utf-8-sig"])
def test_bytes_that_show_their_encoding_need_not_declare_it(coding: str):
    assert title(rss("Café").encode(coding)) == "Café"


@pytest.mark.parametrize("declared", ["iso-8859-1", "us-ascii", "utf-16", "punycode", "x", ""])
@pytest.mark.parametrize("kind", [None, "text/xml", "text/xml; charset=iso-8859-1", "text/html"])
def test_what_is_utf_8_is_read_as_such_whatever_is_said(declared: str, kind: str | None):
    assert title(rss("Café — ok", declared).encode(), kind) == "Café — ok"


def test_the_server_names_the_encoding_where_the_bytes_do_not():
    assert title(rss("Дождь").encode("koi8-r"), "text/xml; charset=KOI8-R") == "Дождь"


def test_a_single_damaged_byte_costs_one_letter():
    content = rss("Café, thé, où, déjà").encode().replace("où".encode(), b"o\xf9")

    assert title(content) == "Café, thé, o\ufffd, déjà"


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"\x00", b"\xfe\xff\xd8\x00", b"<?xml encoding='hex'?>\xff"]
)
def test_any_bytes_are_some_text(content: bytes):
    assert utf8(content, "x; charset=\x00").decode() is not None


@pytest.mark.parametrize(
    ("fault", "read"),
    [
        ("Rain & wind", "Rain & wind"),
        ("Rain&nbsp;again", "Rain again"),
        ("Caf&eacute;", "Café"),
        ("Rain &unknown; wind", "Rain &unknown; wind"),
        ("Rain&#8;&#0;", "Rain"),
        ("<![CDATA[Rain &nbsp; & wind]]>", "Rain & wind"),
        ("Rain\x0b again", "Rain again"),
    ],
)
def test_a_usual_fault_costs_neither_its_entry_nor_the_strict_parser(fault: str, read: str):
    document = Document(url=URL, content=rss(fault).encode())
    feed = Feed(url=URL, section="News")

    found = parse_feed(FeedJob(document=document, feed=feed, seen_at=SEEN, language="en"))

    assert [article.title for article in found.articles] == [read]
    assert len(found.entries) == 1
