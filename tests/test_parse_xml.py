"""Our way through feedparser's parsers finds what its front door finds."""

import sys
from typing import Any
from xml.sax import handler, make_parser

import feedparser
import pytest
from feedparser.html import _cp1252
from hypothesis import given
from hypothesis import strategies as st
from samples import ATOM_03, ATOM_10, RSS_091, RSS_092, RSS_10, RSS_20, XHTML

from newsletter.parse.feed.encoding import utf8
from newsletter.parse.feed.expat import Direct, western
from newsletter.parse.feed.xmlfeed import parse_xml

URL = "https://ledger.example/feeds/all.xml"
DAMAGED = RSS_20.replace("</description>", " <b>all day</description>")


def ours(document: str) -> Any:
    return parse_xml(utf8(document.encode()), URL, most_entries=9, most_elements=999)


@pytest.mark.parametrize(
    "document", [RSS_091, RSS_092, RSS_20, RSS_10, ATOM_03, ATOM_10, XHTML, DAMAGED]
)
def test_entries_are_what_feedparser_finds(document: str):
    found = ours(document)

    peers = feedparser.parse(document.encode(), sanitize_html=False, resolve_relative_uris=False)
    assert found.version == peers.version
    assert found.feed.get("title") == peers.feed.get("title")
    for mine, theirs in zip(found.entries, peers.entries, strict=True):
        for name in ("title", "id", "summary"):
            assert mine.get(name) == theirs.get(name)
        assert [c["value"] for c in mine.get("content", ())] == [
            c["value"] for c in theirs.get("content", ())
        ]


def test_a_document_that_is_not_well_formed_is_told_from_one_that_is():
    assert ours(RSS_20).is_whole
    assert not ours(DAMAGED).is_whole
    assert ours(DAMAGED).fault


@given(st.text(alphabet="a&;é<>\n lt", max_size=200))
def test_a_text_comes_in_one_piece(text: str):
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    pieces: list[str] = []

    class Listening(Direct, feedparser.api.StrictFeedParser):  # type: ignore[misc] # untyped
        def handle_data(self, text: str, escape: int = 1) -> None:
            del escape
            pieces.append(text)

        def count_element(self) -> None:
            """Bear any number."""

    Listening("", None, "utf-8").read(f"<a>{escaped}</a>".encode())

    assert pieces == ([text] if text else [])


def test_a_control_character_is_read_as_the_letter_that_feedparser_takes_it_for():
    every = "".join(map(chr, range(sys.maxunicode + 1)))

    assert western(every) == every.translate(_cp1252)
    assert (
        ours(RSS_20.replace("<title>", "<title>\x93\u4e00\x94 "))
        .entries[0]["title"]
        .startswith("“\u4e00”")
    )


def peers(document: str) -> Any:
    """Return what feedparser's own parser makes of a document, limits and dates apart."""

    class Plain(feedparser.api.StrictFeedParser):  # type: ignore[misc] # untyped
        sanitize_html = resolve_relative_uris = False

    parser = Plain("", None, "utf-8")
    reader = make_parser()
    reader.setFeature(handler.feature_namespaces, True)
    reader.setContentHandler(parser)
    reader.feed(document.encode())
    reader.close()
    return parser


NAMESPACES = (
    ("", "http://www.w3.org/2005/Atom", "http://purl.org/rss/1.0/", "urn:x"),
    ("media", "http://search.yahoo.com/mrss/", "urn:x"),
    ("m", "http://search.yahoo.com/mrss", "http://purl.org/dc/elements/1.1/", "urn:y"),
    ("dc", "http://purl.org/dc/elements/1.1/", "urn:y"),
    ("x", "http://www.w3.org/1999/xlink", "http://www.w3.org/1999/xhtml", "urn:x"),
)
NAMES = (
    "title link description summary content guid id category image url source name width div svg"
    " textinput subject creator encoded thumbnail group comments Other language rights"
).split()
ATTRIBUTES = (
    "type='text/html' type='xhtml' type='TEXT' rel='Self' href='https://ledger.example/a?b&amp;c;d'"
    " isPermaLink='false' url='/p.png' xml:lang='de' term='Rain' mode='base64' x:href='/'"
    " base64='1' m:Url='u' src='/'"
).split()


@st.composite
def elements(draw: st.DrawFn, depth: int = 0) -> str:
    prefix = draw(st.sampled_from(["", "", "", "media:", "m:", "dc:", "x:"]))
    name = f"{prefix}{draw(st.sampled_from(NAMES))}"
    unique = {
        one.split("=")[0]: one for one in draw(st.lists(st.sampled_from(ATTRIBUTES), max_size=2))
    }
    given_ = "".join(f" {one}" for one in unique.values())
    again = draw(st.sampled_from(NAMESPACES)) if draw(st.integers(0, 9)) == 0 else None
    if again:
        given_ += f" xmlns{':' if again[0] else ''}{again[0]}='{draw(st.sampled_from(again[1:]))}'"
    text = draw(
        st.sampled_from(
            ["", "Rain", " é\x93\n", "Ã©", "https:///l.example/1", "a &lt;b&gt;x&lt;/b&gt;"]
        )
    )
    inside = "".join(draw(st.lists(elements(depth + 1), max_size=3))) if depth < 3 else ""
    return f"<{name}{given_}>{text}{inside}</{name}>"


@given(st.lists(elements(), max_size=6), st.data())
def test_nothing_of_an_entry_is_lost_on_the_short_way(inside: list[str], data: st.DataObject):
    declared = "".join(
        f" xmlns{':' if prefix else ''}{prefix}='{data.draw(st.sampled_from(uris))}'"
        for prefix, *uris in NAMESPACES
        if prefix
    )
    document = (
        f"<rss version='2.0'{declared}><channel><item>{''.join(inside)}</item></channel></rss>"
    )

    try:
        theirs = peers(document)
    except (KeyError, IndexError, TypeError, ValueError) as error:
        with pytest.raises(type(error)):
            ours(document)
        return

    mine = ours(document)
    assert [shown(entry) for entry in mine.entries] == [shown(entry) for entry in theirs.entries]


def shown(entry: Any) -> dict[str, Any]:
    """Return what an entry holds but for what is left unread on purpose."""
    left = ("_", "author", "publisher", "published", "updated", "created")
    return {
        name: shown(value) if name == "source" and isinstance(value, dict) else value
        for name, value in dict.items(entry)
        if not name.startswith(left)
    }


def test_a_namespace_with_a_tab_in_it_spoils_no_feed():
    document = RSS_20.replace("<channel>", "<channel><x:a xmlns:x='urn:a&#9;b&#9;c'/>")

    assert ours(document).entries == ours(RSS_20).entries
