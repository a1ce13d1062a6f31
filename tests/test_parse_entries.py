"""What an entry says beside title and text: picture, people, categories, language, true links."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from articles import SEEN, assert_is_sound
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import RICH, XHTML

from newsletter.model import Article, Document, Feed
from newsletter.parse import FeedJob, parse_feed
from newsletter.store import Store, open_store

URL = "https://ledger.example/feeds/all.xml"
SPACES = (
    ' xmlns:media="http://search.yahoo.com/mrss/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
    ' xmlns:fb="http://rssnamespace.org/feedburner/ext/1.0"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path}/newsletter.db") as opened:
        yield opened


def rss(inside: str, root: str = "") -> str:
    return f'<rss version="2.0"{SPACES}{root}><channel><title>L</title>{inside}</channel></rss>'


def articles(document: str) -> tuple[Article, ...]:
    job = FeedJob(
        document=Document(url=URL, content=document.encode("utf-8", "surrogatepass")),
        feed=Feed(url=URL, section="News"),
        seen_at=SEEN,
        language="en",
    )
    found = parse_feed(job)
    assert_is_sound(found)
    return found.articles


def one(inside: str, root: str = "") -> Article:
    [found] = articles(rss(f"<item><title>Rain</title>{inside}</item>", root))
    return found


def body(html: str) -> str:
    return f"<description><![CDATA[{html}]]></description>"


@pytest.mark.parametrize(
    ("inside", "image"),
    [
        ('<media:thumbnail url="a.jpg"/>', "a.jpg"),
        ('<media:content url="a.jpg" medium="image"/>', "a.jpg"),
        ('<media:group><media:content url="a" type="image/png"/></media:group>', "a"),
        ('<media:content url="a.mp4" medium="video"/>', None),
        ('<enclosure url="a.jpg" type="image/jpeg" length="1"/>', "a.jpg"),
        ('<enclosure url="a.mp3" type="audio/mpeg" length="1"/>', None),
        ('<itunes:image href="a.png"/>', "a.png"),
        (body('<p>Rain<img src="a.jpg"></p>'), "a.jpg"),
        (body('<img data-src="a.jpg" src="data:image/gif;base64,R0">'), "a.jpg"),
        (body('<img src="t.gif" width="1" height="1"><img src="a.jpg">'), "a.jpg"),
        (body('<img src="t.gif" style="height:1px; width:1px"><img src="a.jpg">'), "a.jpg"),
        (body('<img src="https://x.example/pixel.gif?id=1">'), None),
        (body('<img src="javascript:a()">'), None),
        ('<media:thumbnail url="a.jpg"/>' + body('<img src="b.jpg">'), "a.jpg"),
        ('<media:content url="a.jpg" width="150"/><media:content url="b.jpg" width="900"/>',
         "b.jpg"),
        ('<media:content url="a.jpg" width="1100"/><media:content url="b.jpg" width="9000"/>',
         "a.jpg"),
        ('<media:thumbnail url="http://x.example/a"/><media:thumbnail url="b.jpg"/>', "b.jpg"),
        ('<media:thumbnail url="javascript:alert(1)"/>', None),
    ],
)  # fmt: skip
def test_the_picture_is_the_best_that_the_entry_names(inside: str, image: str | None):
    assert one(inside).image == (image and f"https://ledger.example/feeds/{image}")


@pytest.mark.parametrize(
    ("inside", "author"),
    [
        ("<author>jo@ledger.example (Jo Tamm)</author>", "Jo Tamm"),
        ("<author>Jo Tamm &lt;jo@ledger.example&gt;</author>", "Jo Tamm"),
        ("<author>jo.tamm@ledger.example</author>", "jo.tamm"),
        ("<author>noreply@ledger.example</author>", None),
        ("<author>info@ledger.example (The Ledger)</author>", "The Ledger"),
        ("<dc:creator>Jo Tamm</dc:creator><dc:creator>Anna Berg</dc:creator>",
         "Jo Tamm, Anna Berg"),
        ("<author>jo@ledger.example (Jo Tamm)</author><dc:creator>Jo Tamm</dc:creator>", "Jo Tamm"),
        ("<dc:creator>By Jo Tamm</dc:creator>", "Jo Tamm"),
        ("<dc:creator>&lt;a href='x'&gt;Jo&lt;/a&gt;</dc:creator>", "Jo"),
        ("<dc:creator> - </dc:creator>", None),
    ],
)  # fmt: skip
def test_the_author_is_a_name_and_never_an_address(inside: str, author: str | None):
    assert one(inside).author == author


def test_categories_are_tidied_and_come_once():
    inside = "".join(
        f"<category>{name}</category>"
        for name in ("Rain &amp;amp; wind", "News", "news", "", "x" * 61, "https://x.example/kind")
    )

    assert one(inside).categories == ("Rain & wind", "News")
    assert len(one("".join(f"<category>{n}</category>" for n in range(40))).categories) == 10


def test_an_entrys_own_language_comes_first():
    assert one("<dc:language>de</dc:language>", ' xml:lang="fr"').language == "de"
    assert one("", ' xml:lang="fr"').language == "fr"
    assert articles(rss("<language>it</language><item><title>a</title></item>"))[0].language == "it"
    assert one("").language == "en"


def test_relative_links_start_from_the_nearest_base():
    assert one("<link>rain</link>").url == "https://ledger.example/feeds/rain"
    assert one("<link>rain</link>", ' xml:base="https://tide.example/b/"').url == (
        "https://tide.example/b/rain"
    )
    assert one("<link>//tide.example/a</link>").url == "https://tide.example/a"
    [article] = articles(XHTML)
    assert article.url == "https://ledger.example/feeds/b/one"
    assert article.image == "https://ledger.example/feeds/b/p.png"
    assert (article.text, article.author, article.categories) == ("Es regnet.", "Jo", ("Rain",))


def test_a_rich_entry_is_read_whole():
    first, second = articles(RICH)

    assert (first.title, first.text) == ("Rain & wind", "It rained over the &port;.")
    assert (first.url, first.author) == ("https://ledger.example/o", "Jo Tamm")
    assert first.image == "https://ledger.example/a/rain.jpg"
    assert (second.title, second.text) == ("Second & last", "Text & more")
    assert second.source == "Tide"


GOOGLE_OLD = "CBMiG2h0dHBzOi8vdGlkZS5leGFtcGxlL2EvcmFpbtIBAA"


@pytest.mark.parametrize(
    ("inside", "url"),
    [
        ("<link>https://f.example/~r/1</link><fb:origLink>https://tide.example/a</fb:origLink>",
         "https://tide.example/a"),
        ("<link>https://www.google.com/url?sa=t&amp;url=https%3A%2F%2Ftide.example%2Fa</link>",
         "https://tide.example/a"),
        ("<link>https://l.facebook.com/l.php?u=https://tide.example/a&amp;h=1</link>",
         "https://tide.example/a"),
        ("<link>https://www.bing.com/news/apiclick.aspx?ref=1&amp;url=https://tide.example/a</link>",
         "https://tide.example/a"),
        ("<link>https://tide.example/read?url=https://ledger.example/a</link>",
         "https://tide.example/read?url=https://ledger.example/a"),
        ("<link>https://tide.example/redirect?url=javascript:alert(1)</link>",
         "https://tide.example/redirect?url=javascript:alert(1)"),
        ("<link>https://tide.example/go?to=https://tide.example/</link>",
         "https://tide.example/go?to=https://tide.example/"),
        (f"<link>https://news.google.com/rss/articles/{GOOGLE_OLD}?oc=5</link>",
         "https://tide.example/a/rain"),
        ("<link>https://news.google.com/rss/articles/CBMiWEFVX3lxTE1BQUFBQUFBQUFBQUE?oc=5</link>",
         "https://news.google.com/rss/articles/CBMiWEFVX3lxTE1BQUFBQUFBQUFBQUE?oc=5"),
        ("<link>https://news.google.com/articles/x</link>"
         + body('<a href="https://tide.example/a">Rain</a>'), "https://tide.example/a"),
        ("<link>https://www.reddit.com/r/rain/comments/1/x/</link>" + body(
            '<a href="https://www.reddit.com/u/jo">jo</a> <a href="https://tide.example/a">[link]</a>'
        ), "https://tide.example/a"),
        ("<link>https://www.reddit.com/r/rain/comments/1/x/</link>" + body(
            '<a href="https://tide.example/a">this</a> <a href="/r/rain/comments/1/x/">[link]</a>'),
         "https://www.reddit.com/r/rain/comments/1/x/"),
        ("<link>https://news.ycombinator.com/item?id=1</link>" + body(
            '<p>Article URL: <a href="https://tide.example/a">x</a>'), "https://tide.example/a"),
        ("<link>https://tide.example/a</link><comments>https://news.ycombinator.com/i</comments>",
         "https://tide.example/a"),
    ],
    ids=["FeedBurner", "Google", "Facebook", "Bing", "a reader", "script", "front page",
         "Google News", "Google News now", "Google News text", "Reddit", "Reddit self",
         "Hacker News", "Hacker News comments"],
)  # fmt: skip
def test_an_aggregators_link_gives_way_to_the_article_where_it_is_told(inside: str, url: str):
    assert one(inside).url == url


def test_the_outlet_is_the_one_that_an_aggregator_names():
    source = '<source url="https://tide.example">The Tide</source>'

    [found] = articles(rss(f"<item><title>Rain falls - The Tide</title>{source}</item>"))

    assert (found.source, found.title) == ("The Tide", "Rain falls")
    assert one('<source url="https://ledger.example/x">All</source>').source == "ledger.example"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<guid>t-1</guid><link>https://x.example/a</link>",
         "<guid>t-2</guid><link>https://x.example/a</link>"),
        ("<guid>t-1</guid><link>https://x.example/a</link>",
         "<guid>t-1</guid><link>https://x.example/b</link>"),
        ("<link>https://x.example/a</link>",
         "<guid>t-2</guid><link>http://x.example/a?utm_source=b</link>"),
        ("<guid>t-1</guid>", "<guid>t-1</guid><description>It went on raining.</description>"),
    ],
    ids=["another GUID", "another link", "a GUID at last", "edited"],
)  # fmt: skip
def test_an_entry_that_changes_stays_one_article(store: Store, before: str, after: str):
    store.record([one(before)])

    recorded = store.record([one(after)])

    assert recorded.new == frozenset()
    assert len(store.within(None, SEEN + timedelta(days=1))) == 1


HOSTILE = st.sampled_from(
    ["<script>alert(1)</script>", "&lt;script&gt;x&lt;/script&gt;", "<img src=x onerror=a()>",
     "javascript:alert(1)", "data:text/html,<b>", "\u202e", "\u2066", "\x1b[31m", "&#27;",
     "&#x202e;",
     "\u200b", "\x00", "\x85", "\u2028", "https://x.example/",
     "//", "]]>", "<![CDATA[", "'", '"', "&",
     "<style>p{}</style>", "<form>", "<iframe src=x>", "%0d%0a", "a@b.example", "(", ")", "{{x}}",
     "=?UTF-8?Q?=0A?=", "\ud800", "é", " ", "Rain"]
)  # fmt: skip
TEXTS = st.lists(HOSTILE, max_size=5).map("".join)
FIELDS = st.sampled_from(
    ["title", "link", "guid", "description", "content:encoded", "author", "dc:creator", "category",
     "dc:language", "pubDate", "fb:origLink", "comments"]
)  # fmt: skip
MEDIA = st.sampled_from(["media:thumbnail", "media:content", "itunes:image", "source", "enclosure"])


@settings(max_examples=examples(1.5), deadline=None)
@given(st.dictionaries(FIELDS, TEXTS), st.dictionaries(MEDIA, TEXTS), st.booleans())
def test_nothing_hostile_gets_past_any_field(
    texts: dict[str, str], media: dict[str, str], is_cdata: bool
):
    def wrapped(text: str) -> str:
        if is_cdata:
            return f"<![CDATA[{text}]]>"
        return text.replace("&", "&amp;").replace("<", "&lt;")

    inside = "".join(f"<{tag}>{wrapped(text)}</{tag}>" for tag, text in texts.items())
    for tag, text in media.items():
        value = text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
        inside += f'<{tag} url="{value}" href="{value}" type="image/png">{wrapped(text)}</{tag}>'

    for article in articles(rss(f"<item>{inside}</item><item><title>End</title></item>")):
        printed = (article.title, article.source, article.author or "", *article.categories)
        for text in (*printed, article.url or "", article.image or ""):
            assert "<script" not in text
            assert "<img" not in text
        assert "@b.example" not in (article.author or "")
