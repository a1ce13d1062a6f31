"""OPML from other programs, and for them: what is read, what is refused, the way there and back."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter.config.opml import Listed, read_opml, write_opml
from newsletter.errors import ParseError
from newsletter.model import Feed


def opml(*outlines: str) -> bytes:
    body = "".join(outlines)
    return f'<opml version="2.0"><head/><body>{body}</body></opml>'.encode()


def test_folders_become_sections_and_titles_names():
    feeds, _ = read_opml(
        opml(
            '<outline text="Ports"><outline text="The Ledger" xmlUrl="https://l.example/"/>'
            '<outline text="Small"><outline title="Gull &amp; Co" xmlUrl="https://g.example/"/>'
            "</outline></outline>",
            '<outline xmlUrl="https://loose.example/"/>',
        )
    )

    assert feeds == (
        Listed(url="https://l.example/", name="The Ledger", section="Ports"),
        Listed(url="https://g.example/", name="Gull & Co", section="Ports / Small"),
        Listed(url="https://loose.example/"),
    )


def test_a_folder_counts_more_than_what_a_feed_says_of_itself():
    feeds, _ = read_opml(
        opml(
            '<outline text="Ports"><outline xmlUrl="https://l.example/" category="/a/b"/></outline>'
        )
    )

    assert feeds[0].section == "Ports"


def test_of_a_feed_in_two_folders_the_first_counts():
    outline = '<outline text="The Ledger" xmlUrl="https://l.example/"/>'

    ((feed,), _) = read_opml(
        opml(
            f'<outline text="Ports">{outline}</outline>',
            f'<outline text="Best">{outline}</outline>',
        )
    )

    assert feed.section == "Ports"


def test_a_page_that_is_listed_without_a_feed_is_named_with_the_way_out():
    feeds, ((url, reason),) = read_opml(
        opml('<outline text="A page" type="rss" xmlUrl="" htmlUrl="https://p.example/"/>')
    )

    assert (feeds, url) == ((), "https://p.example/")
    assert "newsletter feeds add" in reason


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("feed://l.example/f", "http://l.example/f"),
        ("feed:https://l.example/f", "https://l.example/f"),
        (" https://l.example/?a=1&amp;copy=2 ", "https://l.example/?a=1&copy=2"),
    ],
)
def test_urls_are_read_as_readers_write_them(written: str, asked: str):
    ((feed,), _) = read_opml(opml(f'<outline xmlUrl="{written}"/>'))

    assert feed.url == asked


def test_a_feed_that_cannot_be_asked_is_named_with_the_reason():
    feeds, refused = read_opml(
        opml('<outline xmlUrl="javascript:alert(1)"/>', '<outline xmlUrl="file:///etc/passwd"/>')
    )

    assert feeds == ()
    assert [url for url, _ in refused] == ["javascript:alert(1)", "file:///etc/passwd"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_the_encoding_is_the_one_that_the_file_names_or_shows(encoding: str):
    declared = '<?xml version="1.0" encoding="iso-8859-1"?>' if encoding == "iso-8859-1" else ""
    content = f'{declared}<opml><outline text="Möwe" xmlUrl="https://m.example/"/></opml>'

    feeds, _ = read_opml(content.encode(encoding))

    assert feeds[0].name == "Möwe"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is no OPML"),
        (b"<html><p>Sign in</p></html>", "is no OPML"),
        (b"\x00\xff" * 50, "is no OPML"),
        (opml('<outline text="x">' * 1000), "deep"),
        (opml("<z>" * 70_000), "more than 60,000 tags"),
        (b"<opml>" + b" " * 5_000_000, "larger than 5 MB"),
    ],
    ids=["empty", "web page", "noise", "nested", "tags", "huge"],
)
def test_what_no_reader_wrote_is_refused_in_one_line(content: bytes, said: str):
    with pytest.raises(ParseError, match=said) as caught:
        read_opml(content)

    assert "\n" not in str(caught.value)


def test_a_file_that_declares_entities_is_refused():
    content = b'<!DOCTYPE o [<!ENTITY b SYSTEM "file:///etc/passwd">]>' + opml(
        '<outline text="&b;" xmlUrl="https://a.example/"/>'
    )

    with pytest.raises(ParseError, match="entities"):
        read_opml(content)


def test_a_url_that_would_steer_a_terminal_is_refused():
    found, refused = read_opml(
        opml('<outline text="A" xmlUrl="https://a.example/\u202e\u009b31m"/>')
    )

    assert found == ()
    assert refused[0][0].isprintable()


@given(st.binary(max_size=200))
@settings(deadline=None)
def test_any_bytes_are_read_or_refused(content: bytes):
    for whole in (content, b"<opml><outline " + content + b" xmlUrl='https://a.example'/>"):
        with suppress(ParseError):
            read_opml(whole)


def named(least: int) -> st.SearchStrategy[str]:
    """Names as feeds.yaml may hold them once they are on one line."""
    return st.text(min_size=least, max_size=30).map(lambda text: " ".join(text.split()))


@given(st.lists(st.tuples(named(1), named(1)), max_size=8), named(0))
@settings(deadline=None)
def test_what_was_written_is_read_back(given_: list[tuple[str, str]], title: str):
    feeds = [
        Feed(url=f"https://a.example/{place}?x=1&y=<{place}>", section=section, name=name)
        for place, (section, name) in enumerate(given_)
    ]

    listed, refused = read_opml(write_opml(title, feeds))
    again, _ = read_opml(write_opml(title, [_as_feed(one) for one in listed]))

    assert not refused
    assert sorted(one.url for one in listed) == sorted(feed.url for feed in feeds)
    assert {one.url: one for one in again} == {one.url: one for one in listed}


def _as_feed(listed: Listed) -> Feed:
    return Feed(url=listed.url, section=listed.section, name=listed.name)


def test_controls_in_a_name_do_not_break_the_file():
    feed = Feed(url="https://a.example/", section="S", name="a\x00\x1b[31m\ufffe\ud800b")

    ((listed,), _) = read_opml(write_opml("T\x07", [feed]))

    assert listed == Listed(url="https://a.example/", name="a[31mb", section="S")
