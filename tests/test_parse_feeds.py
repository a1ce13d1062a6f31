"""Feeds in every dialect in, articles out; on damage a ParseError, never anything else."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from examples import examples
from hypothesis import example, given, settings
from hypothesis import strategies as st
from samples import ATOM_03, ATOM_10, RSS_091, RSS_092, RSS_10, RSS_20
from servers import answer, says, serving

from newsletter.errors import ParseError
from newsletter.model import Article, DateSource, Document, Feed
from newsletter.parse import FeedJob, parse_feed

SEEN = datetime(2026, 11, 16, 6, tzinfo=UTC)
URL = "https://ledger.example/feeds/all.xml"


def parse(
    content: bytes | str, *, name: str | None = None, kind: str | None = None
) -> list[Article]:
    body = content.encode() if isinstance(content, str) else content
    document = Document(url=URL, content=body, content_type=kind)
    feed = Feed(url=URL, section="News", name=name)
    job = FeedJob(document=document, feed=feed, seen_at=SEEN, language="en")
    return list(parse_feed(job).articles)


def rss(*items: str, head: str = "") -> str:
    inside = "".join(f"<item>{item}</item>" for item in items)
    return (
        f'<?xml version="1.0"?>{head}<rss version="2.0"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        f"><channel><title>Ledger</title>{inside}</channel></rss>"
    )


def item(n: int = 1, **parts: str) -> str:
    given_ = {
        "title": f"Story {n}",
        "link": f"https://ledger.example/{n}",
        "guid": f"g{n}",
        "description": f"Text {n}.",
        **parts,
    }
    return "".join(f"<{tag}>{text}</{tag}>" for tag, text in given_.items() if text)


@pytest.mark.parametrize(
    "document",
    [RSS_091, RSS_092, RSS_20, RSS_10, ATOM_03, ATOM_10],
    ids=["RSS 0.91", "RSS 0.92", "RSS 2.0", "RSS 1.0", "Atom 0.3", "Atom 1.0"],
)
def test_an_entry_is_an_article_in_every_dialect(document: str):
    [found] = parse(document)

    assert (found.title, found.text) == ("Rain over Velsum", "It rained.")
    assert (found.url, found.source) == ("https://ledger.example/rain", "ledger.example")
    assert (found.first_seen, found.origins) == (SEEN, (URL,))
    assert found.language == ("en-gb" if "<language>" in document else "en")


def test_the_editors_name_for_a_feed_is_the_source():
    assert parse(RSS_20, name="The Ledger")[0].source == "The Ledger"


@pytest.mark.parametrize("missing", ["title", "link", "guid", "description"])
def test_an_entry_that_lacks_something_is_still_an_article(missing: str):
    [found] = parse(rss(item(**{missing: ""})))

    assert found.title == ("" if missing == "title" else "Story 1")
    assert found.text == ("" if missing == "description" else "Text 1.")
    assert found.url == (None if missing == "link" else "https://ledger.example/1")
    assert (found.published, found.date_source) == (None, DateSource.NONE)
    assert found.keys


def test_an_entry_with_nothing_to_read_is_none():
    assert parse(rss(item(title="", description=""), item(2)))[0].title == "Story 2"


def test_the_whole_text_is_taken_rather_than_the_description():
    whole = "<![CDATA[<p>It rained all day.</p><p>It stopped at night.</p>]]>"

    [found] = parse(rss(item(**{"content:encoded": whole})))

    assert found.text == "It rained all day.\nIt stopped at night."


def test_a_guid_that_changes_leaves_the_link_in_common():
    [before], [after] = parse(rss(item(guid="g1"))), parse(rss(item(guid="g2")))

    assert set(before.keys) & set(after.keys)
    assert before.keys[0] != after.keys[0]


@pytest.mark.parametrize(
    "same",
    [
        {"guid": "same"},
        {"link": "https://ledger.example/notes"},
        {"guid": "same", "link": "https://ledger.example/notes"},
        {"guid": "", "link": "https://ledger.example/"},
    ],
    ids=["GUID", "link", "both", "the site"],
)
def test_entries_that_share_what_should_name_them_stay_several(same: dict[str, str]):
    found = parse(rss(item(1, **same), item(2, **same), item(3, **same)))

    assert len({article.id for article in found}) == 3
    assert not set(found[0].keys) & set(found[1].keys)


def test_entries_on_one_page_that_differ_only_in_the_anchor_stay_several():
    links = [f"https://ledger.example/changes#v{n}" for n in (1, 2)]

    first, second = parse(rss(*(item(n, link=link) for n, link in enumerate(links))))

    assert not set(first.keys) & set(second.keys)


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"])
def test_a_link_that_is_no_web_page_is_dropped(link: str):
    assert parse(rss(item(link=link)))[0].url is None


@pytest.mark.parametrize("half", ["&#55357;&#56832;", "&#xD83D;&#xde00;", "&#55296;&#57343;"])
def test_an_emoji_in_halves_costs_neither_its_feed_nor_its_entry(half: str):
    found = parse(rss(item(1, title=f"Rain {half} again"), item(2)))

    assert [article.title for article in found] == ["Rain again", "Story 2"]


@pytest.mark.parametrize("whole", ["&#55295;", "&#57344;", "&#xd7ff;", "&#xe000;"])
def test_a_character_beside_the_halves_is_left_alone(whole: str):
    assert len(parse(rss(item(title=f"a{whole}b")))[0].title) == 3


def test_a_relative_link_starts_from_the_feed():
    assert parse(rss(item(link="../rain")))[0].url == "https://ledger.example/rain"


@pytest.mark.parametrize("wrap", ["{}", "<![CDATA[{}]]>"], ids=["escaped", "CDATA"])
@pytest.mark.parametrize(
    "tag", ["title", "description", "author", "guid", "link", "content:encoded"]
)
def test_a_script_is_harmless_wherever_it_stands(tag: str, wrap: str):
    script = "<script>alert(1)</script><img src=x onerror=alert(1)>Rain"
    inside = script if "CDATA" in wrap else script.replace("<", "&lt;")

    [found] = parse(rss(item(**{tag: wrap.format(inside)})))

    for printed in (found.title, found.text, found.author or "", found.url or ""):
        assert "<script" not in printed
        assert "<img" not in printed


@pytest.mark.parametrize(
    ("date", "published"),
    [
        ("Sun, 15 Nov 2026 18:00:00 GMT", datetime(2026, 11, 15, 18, tzinfo=UTC)),
        ("Sun, 15 Nov 2026 18:00:00 +0200", datetime(2026, 11, 15, 16, tzinfo=UTC)),
        ("2026-11-15T18:00:00Z", datetime(2026, 11, 15, 18, tzinfo=UTC)),
        ("Tue, 1 Dec 2026 18:00:00 GMT", SEEN),
        ("Fri, 31 Dec 9999 23:59:59 GMT", SEEN),
        ("Mon, 01 Jan 0001 00:00:00 GMT", None),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("Fri, 31 Dec 9999 23:59:59 -1200", None),
        ("32.13.2026", None),
        ("Mon, 99 Foo 2026 99:99:99 +9999", None),
        ("yesterday", None),
    ],
)
def test_a_date_is_a_moment_not_later_than_the_visit_or_none(date: str, published: datetime | None):
    [found] = parse(rss(item(pubDate=date)))

    assert found.published == published
    assert found.date_source == (DateSource.ENTRY if published else DateSource.NONE)


def test_a_date_of_change_serves_where_there_is_no_other():
    updated = "<updated>2026-11-15T18:00:00Z</updated></entry>"

    [found] = parse(ATOM_10.replace("</entry>", updated))

    assert found.published == datetime(2026, 11, 15, 18, tzinfo=UTC)
    assert found.date_source == DateSource.UPDATED


@pytest.mark.parametrize("coding", ["iso-8859-1", "utf-16", "utf-8-sig", "windows-1252"])
def test_a_document_is_read_in_its_own_encoding(coding: str):
    document = f'<?xml version="1.0" encoding="{coding.removesuffix("-sig")}"?>' + RSS_20.replace(
        '<?xml version="1.0"?>', ""
    ).replace("Rain", "Café")

    assert parse(document.encode(coding), kind="application/xml")[0].title == "Café over Velsum"


@pytest.mark.parametrize("language", ["x" * 40, "en-" + "abcdefgh-" * 9 + "z", "!", "12"])
def test_a_language_that_is_none_is_the_newsletters(language: str):
    document = RSS_20.replace("en-gb", language)

    assert parse(document)[0].language == "en"


def test_a_truncated_feed_keeps_its_whole_entries():
    whole = rss(*(item(n) for n in range(9)))

    found = parse(whole[: whole.index("Story 5")])

    assert [article.title for article in found][:5] == [f"Story {n}" for n in range(5)]


PAGE = "<!DOCTYPE html><html><head><title>Ledger</title></head><body><p>Rain</p></body></html>"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b" \n\t ", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (PAGE, "is a web page, not a feed; look there for the feed's own URL"),
        ("<!-- a -->" * 50 + PAGE, "is a web page"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>" + PAGE.encode(), "is a web page"),
        ('{"openapi": "3.1.0", "items": []}', "is no feed: it is JSON, but not a JSON Feed"),
        ("Rain fell over Velsum.", "is no feed"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "is no feed"),
        ("<opml version='2.0'><body><outline text='x'/></body></opml>", "is no feed"),
        (rss(head='<!DOCTYPE r [<!ENTITY a "' + "x" * 2000 + '">]>'), "huge XML entities"),
        (rss(head="<!DOCTYPE r [<!ENTITY a 'b>" + "x" * 2000 + "'>]>"), "huge XML entities"),
        (
            rss(head='<!DOCTYPE r [<!ENTITY % a "' + "x" * 2000 + '">]>').encode("utf-16"),
            "huge XML entities",
        ),
    ],
    ids=[
        "nothing", "spaces", "mark", "page", "page after comments", "XHTML", "JSON", "text", "PNG",
        "OPML", "entity", "entity with >", "entity in UTF-16",
    ],
)  # fmt: skip
def test_what_is_no_feed_is_told_so_that_an_editor_understands(content: bytes | str, said: str):
    with pytest.raises(ParseError, match=said):
        parse(content)


def test_an_article_about_entities_is_no_attack():
    text = "<![CDATA[Write <!ENTITY lol 'lol'> and it isn't safe. " + "More. " * 400 + "]]>"

    assert parse(rss(item(description=text)))[0].text


@pytest.mark.parametrize("comments", [b"<!---->" * 600 + b"<", b"<!--" * 1000, b"<?" * 2000])
def test_a_document_made_to_be_slow_to_look_at_is_not(comments: bytes):
    with pytest.raises(ParseError):
        parse(comments)


def test_a_body_that_is_a_path_is_not_opened(tmp_path: Path):
    path = tmp_path / "feed.xml"
    path.write_text(RSS_20)

    for body in (str(path), path.as_uri()):
        with pytest.raises(ParseError, match="is no feed"):
            parse(body)


def test_a_body_that_is_a_url_is_not_asked():
    with serving(says(answer(RSS_20.encode()))) as server, pytest.raises(ParseError):
        parse(server.url())

    assert server.connections == 0


FRAGMENTS = st.sampled_from(
    ["<item>", "</item>", "<rss version='2.0'><channel>", "<entry>", "</entry>", "<title>",
     "<link>", "<feed xmlns='http://www.w3.org/2005/Atom'>", "<pubDate>", "99", "Nov", "-", ":",
     "<width/>",
     "<image>", "<guid isPermaLink='x'>", "&#xD800;", "&#x110000;", "&#0;", "&x;", "<![CDATA[",
     "]]>", "<content type='base64'>", "<content type='xhtml'>", "<author>", "a@b (", "\x00", "é",
     "<!--",
     "<?xml version='1.0' encoding='utf-7'?>", "<!DOCTYPE x [", "<!ENTITY x 'y'>", "http://[", "]",
     "<link href='http://[::1'/>", "<geo:point>", "<itunes:duration>", "<enclosure url='x'/>",
     "<category/>", "<media:content/>", "<source url='http://['>", " ", "<cloud/>", "<updated>"]
)  # fmt: skip
BODIES = st.binary(max_size=200) | st.lists(FRAGMENTS, max_size=30).map(
    lambda parts: "".join(parts).encode()
)


@settings(max_examples=examples(1.5), deadline=None)
@given(
    BODIES, st.sampled_from([None, "text/xml; charset=x", "text/html", "\x00;=", "application/xml"])
)
@example(b"<rss version='2.0'><channel><image><width/></image><item><title>x", None)
@example(b"<?xml version='1.0' encoding='utf-7'?><rss><channel><item><title>+2AA-", None)
def test_no_bytes_bring_about_anything_but_a_parse_error(body: bytes, kind: str | None):
    found, reason = [], "none"
    try:
        found = parse(body, kind=kind)
    except ParseError as error:
        reason = str(error)

    assert reason.isprintable()
    for one in found:
        assert f"{one.title}{one.text}{one.url}{one.author}{one.language}{one.keys}".encode()
        assert one.title or one.text
