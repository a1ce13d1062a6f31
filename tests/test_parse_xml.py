"""Our way through feedparser's parsers finds what its front door finds."""

from typing import Any

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import ATOM_03, ATOM_10, RSS_091, RSS_092, RSS_10, RSS_20, XHTML

from newsletter.parse.encoding import utf8
from newsletter.parse.expat import create_parser
from newsletter.parse.xmlfeed import parse_xml

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

    class Pieces:
        def __init__(self) -> None:
            self.all: list[str] = []

        def __getattr__(self, name: str) -> Any:
            return self.all.append if name == "characters" else lambda *_: None

    pieces = Pieces()
    parser = create_parser()
    parser.setContentHandler(pieces)  # type: ignore[arg-type] # it has what is asked of it
    parser.feed(f"<a>{escaped}</a>".encode())
    parser.close()

    assert pieces.all == ([text.replace("\r", "")] if text else [])
