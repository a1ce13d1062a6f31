"""Entries that were seen before are passed over, and never one too many."""

from dataclasses import replace

import pytest
from articles import SEEN
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import ATOM_10, JSON_11, RICH, RSS_10, RSS_20

from newsletter.model import Document, Feed
from newsletter.parse import FeedJob, ParsedFeed, parse_feed

URL = "https://ledger.example/feeds/all.xml"


def read(content: bytes | str, seen: tuple[str, ...] = (), **other: str) -> ParsedFeed:
    body = content.encode() if isinstance(content, str) else content
    job = FeedJob(
        document=Document(url=other.get("url", URL), content=body),
        feed=Feed(url=URL, section="News"),
        seen_at=SEEN,
        language=other.get("language", "en"),
        seen=frozenset(seen),
    )
    return parse_feed(job)


def rss(*items: str, head: str = "", root: str = "") -> str:
    inside = "".join(f"<item>{item}</item>\n" for item in items)
    return f'<rss version="2.0"{root}><channel><title>Ledger</title>{head}{inside}</channel></rss>'


def item(n: int, **parts: str) -> str:
    given_ = {
        "title": f"Story {n}", "link": f"https://ledger.example/{n}", "guid": f"g{n}", **parts
    }  # fmt: skip
    return "".join(f"<{tag}>{text}</{tag}>" for tag, text in given_.items())


def titles(found: ParsedFeed) -> list[str]:
    return [article.title for article in found.articles]


@pytest.mark.parametrize("document", [RSS_20, RSS_10, ATOM_10, JSON_11, RICH])
def test_a_document_seen_before_holds_nothing_new(document: str):
    first = read(document)

    again = read(document, first.entries)

    assert first.articles
    assert again == replace(first, articles=())


def test_only_what_is_new_or_edited_is_read_again():
    before = read(rss(item(1), item(2), item(3)))

    after = read(rss(item(4), item(1), item(2, title="Story 2b")), before.entries)

    assert titles(after) == ["Story 4", "Story 2b"]
    assert after.found == 3
    assert read(rss(item(4), item(1), item(2, title="Story 2b")), after.entries).articles == ()


def test_what_changes_in_the_feeds_head_alone_makes_nothing_new():
    before = read(rss(item(1), head="<lastBuildDate>Sun, 15 Nov 2026 18:00 GMT</lastBuildDate>"))

    after = read(
        rss(item(1), head="<lastBuildDate>Sun, 15 Nov 2026 19:00 GMT</lastBuildDate>"),
        before.entries,
    )

    assert after.articles == ()


@pytest.mark.parametrize(
    "other",
    [
        {"root": ' xml:base="https://tide.example/"'},
        {"root": ' xml:lang="de"'},
        {"head": "<language>de</language>"},
    ],
    ids=["base", "lang", "language"],
)
def test_what_the_feed_says_of_all_entries_makes_them_new(other: dict[str, str]):
    before = read(rss(item(1)))

    assert titles(read(rss(item(1), **other), before.entries)) == ["Story 1"]


@pytest.mark.parametrize("other", [{"language": "de"}, {"url": "https://tide.example/"}])
def test_what_the_visit_says_of_all_entries_makes_them_new(other: dict[str, str]):
    before = read(rss(item(1)))

    assert titles(read(rss(item(1)), before.entries, **other)) == ["Story 1"]


@pytest.mark.parametrize(
    "shared",
    [
        {"guid": "g1"},
        {"link": "https://ledger.example/1"},
        {"link": "http://www.ledger.example/1/?utm_source=x#v2"},
    ],
    ids=["GUID", "link", "another spelling of the link"],
)
def test_a_new_entry_that_shares_what_names_an_old_one_is_read_with_it(shared: dict[str, str]):
    before = read(rss(item(1)))
    both = rss(item(2, **shared), item(1))

    after = read(both, before.entries)

    assert after == read(both)
    assert len(after.articles) == 2
    assert after.entries == ()


def test_a_date_that_others_must_explain_is_read_with_them():
    before = read(rss(item(1, pubDate="31/10/2026")))
    both = rss(item(2, pubDate="3/11/2026"), item(1, pubDate="31/10/2026"))

    after = read(both, before.entries)

    assert [f"{article.published:%d.%m.}" for article in after.articles] == ["03.11.", "31.10."]


@pytest.mark.parametrize(
    "document",
    [
        rss(item(1) + "<item>in an item</item>"),
        rss(item(1), item(2)).replace("</item>\n<item>", "</item><ttl>60</ttl><item>"),
        rss(item(1), item(2)).replace("</item>\n<item>", "</item></channel><channel><item>"),
        rss(item(1)).replace("</rss>", ""),
        rss(item(1, guid="g"), item(2, guid="g")),
        rss(item(1)).replace("<item>", "<item><description>a <b> c</description>"),
    ],
    ids=["nested", "between", "channels", "truncated", "one GUID", "damaged"],
)
def test_entries_that_must_be_read_together_are_not_passed_over(document: str):
    assert read(document).entries == ()


@pytest.mark.parametrize(
    "inside",
    [
        "<![CDATA[<item> </item> ]]>", "<!-- </item> -->", "<?x </item> ?>",
        "<x a='&lt;/item>'/>", "<x a='>'/>", "<items/>",
    ],
)  # fmt: skip
def test_what_only_looks_like_an_entry_is_none(inside: str):
    document = rss(item(1) + inside, item(2))
    found = read(document)

    assert (found.found, len(found.entries)) == (2, 2)
    assert read(document, found.entries).articles == ()


NUMBERS = st.lists(st.integers(1, 9), max_size=8, unique=True)


@settings(max_examples=40, deadline=None)
@given(NUMBERS, NUMBERS)
def test_two_visits_find_what_one_does(earlier: list[int], later: list[int]):
    first, whole = read(rss(*map(item, earlier))), read(rss(*map(item, later)))

    second = read(rss(*map(item, later)), first.entries)

    known = {article.id for article in first.articles}
    assert second.articles == tuple(one for one in whole.articles if one.id not in known)
    assert second.entries == whole.entries
