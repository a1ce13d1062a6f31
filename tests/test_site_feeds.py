"""The newsletter's own feeds: valid by their rules, readable by others, the same for ever."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import feedparser
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from issues import issue, masthead, story, templates, week
from lxml import etree, html
from printed import issues as any_issues

from newsletter.issue import dump, load
from newsletter.model import Issue, Layout, Section, Sponsor, Status
from newsletter.render import render_site
from newsletter.render.safe import plain

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NOT_XML = re.compile("[\ufffe\uffff]")
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
HOSTILE = (
    "]]> ends no section",
    "<script>alert(1)</script> is a headline",
    "&lt;b&gt; and &amp; stay as they are",
    "controls \x00\x0b\x1b and \ufffe\uffff",
    "{{ merge }} *|TAG|* {% if %}",
    "<!-- and --> ]]&gt;",
    "עברית and العربية \u202e turned",
)


def published(number: int = 0, *headlines: str, **changes: Any) -> Issue:
    """Return the issue of *number* weeks ago, out at its instant."""
    stories = tuple(story(n * 5, headline=line) for n, line in enumerate(headlines))
    base = issue(*(stories or (story(abs(number)),)), **changes)
    at = base.publishes_at - timedelta(days=7 * number)
    year, week_number, _ = at.isocalendar()
    return replace(base, id=f"{year}-W{week_number:02d}", publishes_at=at, status=Status.PUBLISHED)


def site(*issues: Issue) -> Mapping[str, bytes]:
    return render_site(issues, templates())


def atom(*issues: Issue) -> Any:
    """Return the feed's root as a strict parser reads it."""
    return etree.fromstring(site(*issues)["feed.xml"])


def read(*issues: Issue) -> Any:
    """Return the feed as a feed reader understands it."""
    found = feedparser.parse(site(*issues)["feed.xml"])
    assert not found.bozo
    return found


def json_feed(*issues: Issue) -> Any:
    return json.loads(site(*issues)["feed.json"])


def texts(parent: Any, name: str) -> list[str]:
    return [one.text for one in parent.findall(f"{ATOM}{name}")]


def links_of(markup: str) -> list[str]:
    fragment = html.fragment_fromstring(markup, create_parent="div")
    return [link for _, _, link, _ in fragment.iterlinks()]


def faults(feed: Any) -> Sequence[str]:
    """Return what RFC 4287 forbids of *feed* (4.1.1, 4.1.2, 4.2.6, 4.2.7, 3.3)."""
    found = []
    for parent in (feed, *feed.iter(f"{ATOM}entry")):
        found += [
            f"{parent.tag}: {name} is there {len(texts(parent, name))} times"
            for name in ("id", "title", "updated")
            if len(texts(parent, name)) != 1
        ]
        alternates = [
            (link.get("type"), link.get("hreflang"))
            for link in parent.findall(f"{ATOM}link")
            if link.get("rel") == "alternate"
        ]
        if len(set(alternates)) != len(alternates):
            found.append(f"{parent.tag}: two alternates alike")
    found += [
        f"no date: {one.text}"
        for name in ("updated", "published")
        for one in feed.iter(f"{ATOM}{name}")
        if not RFC_3339.fullmatch(one.text)
    ]
    found += [
        f"no IRI: {one.text}" for one in feed.iter(f"{ATOM}id") if not urlsplit(one.text).scheme
    ]
    ids = [one.text for one in feed.iter(f"{ATOM}id")]
    found += [f"id twice: {one}" for one in set(ids) if ids.count(one) > 1]
    return found if feed.findtext(f"{ATOM}author/{ATOM}name") else [*found, "nobody wrote it"]


@pytest.mark.parametrize("url", ["https://tideline.example/archive/", None])
def test_the_atom_feed_keeps_the_rules(url: str | None):
    plate = masthead(url=url)
    issues = [published(number, masthead=plate) for number in range(3)]

    feed = atom(*issues, replace(week(masthead=plate), id="2026-W48", status=Status.PUBLISHED))

    assert faults(feed) == []
    assert [link.get("rel") for link in feed.findall(f"{ATOM}link")] == (
        ["self", "alternate"] if url else []
    )


def test_the_atom_feed_says_who_what_where_and_in_which_language():
    feed = read(published(masthead=masthead(language="pt_BR"))).feed

    assert (feed.title, feed.subtitle) == (
        "Tideline",
        "The week in technology, energy and public life",
    )
    assert feed.author == "Tideline"
    assert feed.language == "pt-BR"
    assert feed.link == "https://tideline.example/archive/index.html"


def test_an_issue_is_read_back_whole():
    whole = replace(week(), status=Status.PUBLISHED)

    entry = read(whole).entries[0]

    assert entry.title == f"Week 47: {whole.stories[0].headline}"
    assert entry.link == "https://tideline.example/archive/2026-W47/index.html"
    assert [tag.term for tag in entry.tags] == [section.name for section in whole.sections]
    told = html.fragment_fromstring(entry.content[0].value, create_parent="div").text_content()
    assert all(one.headline in told for one in whole.stories)
    assert all(said.text in told for one in whole.stories for said in one.summary)


def test_the_feeds_have_the_newest_twenty_issues_newest_first():
    issues = [published(number) for number in range(24)]

    entries = read(*issues[::-1]).entries

    assert [entry.id[-19:-11] for entry in entries] == [one.id for one in issues[:20]]
    assert [item["id"] for item in json_feed(*issues)["items"]] == [one.id for one in entries]


def test_drafts_are_in_no_feed_and_without_published_issues_there_is_none():
    draft = replace(published(0), status=Status.READY)

    assert set(site(draft)) == {"index.html", "latest.html"}
    assert [entry.id[-19:-11] for entry in read(draft, published(1)).entries] == ["2026-W46"]
    assert b"2026-W47" not in site(draft, published(1))["sitemap.xml"]


def test_dates_tell_when_an_issue_came_out_and_when_it_was_changed():
    at = datetime(2026, 11, 22, 6, 0, 4, tzinfo=UTC)
    later = datetime(2026, 11, 24, 9, tzinfo=UTC)
    issues = [replace(published(0), published_at=at), replace(published(1), updated_at=later)]

    feed = atom(*issues)

    assert texts(feed, "updated") == ["2026-11-24T09:00:00Z"]
    entries = feed.findall(f"{ATOM}entry")
    assert [texts(one, "published") + texts(one, "updated") for one in entries] == [
        ["2026-11-22T06:00:04Z", "2026-11-22T06:00:04Z"],
        ["2026-11-15T06:00:00Z", "2026-11-24T09:00:00Z"],
    ]


def test_ids_stay_when_the_newsletter_moves_and_is_named_anew():
    old = [published(number) for number in range(3)]
    moved = published(-1, masthead=masthead(title="Ebb", url="https://ebb.example"))

    before, after = atom(*old), atom(*old, moved)

    assert texts(after, "id") == texts(before, "id")
    ids = [one.text for one in after.iter(f"{ATOM}id")]
    assert ids[2:] == [one.text for one in before.iter(f"{ATOM}id")][1:]
    assert texts(after, "title") == ["Ebb"]
    assert after.findall(f"{ATOM}entry/{ATOM}link")[-1].get("href").startswith("https://ebb.")


def test_without_an_address_ids_are_uuids_and_no_link_is_relative():
    issues = [published(number, masthead=masthead(url=None)) for number in range(3)]

    feed = atom(*issues)

    ids = [one.text for one in feed.iter(f"{ATOM}id")]
    assert all(
        re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", id_) for id_ in ids
    )
    assert "sitemap.xml" not in site(*issues)
    assert not {"home_page_url", "feed_url"} & set(json_feed(*issues))


@pytest.mark.parametrize("headline", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_headline_is_text_in_every_feed(headline: str):
    hostile = published(0, headline)

    entry = read(hostile).entries[0]

    assert "<script" not in entry.content[0].value
    shown = NOT_XML.sub("\ufffd", plain(headline))
    assert entry.title == f"Week 47: {shown}"
    assert json_feed(hostile)["items"][0]["title"] == entry.title


def is_taken_for_another(line: str) -> bool:
    """Return whether feedparser repairs *line*: it could be UTF-8 that was read as Latin-1."""
    try:
        return line.encode("latin-1").decode("utf-8") != line
    except ValueError:
        return False


HEADLINES = st.text(min_size=1).filter(lambda line: not is_taken_for_another(plain(line)))


@settings(max_examples=5, deadline=None)
@given(st.lists(HEADLINES, min_size=20, max_size=20))
def test_any_headline_comes_back_from_a_feed_reader_as_it_is_printed(headlines: list[str]):
    entries = read(*(published(number, line) for number, line in enumerate(headlines))).entries

    shown = [NOT_XML.sub("\ufffd", plain(line)) for line in headlines]
    titles = [entry.title.split(": ", 1)[1] for entry in entries]
    assert titles == [line or "Report 0" for line in shown]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(any_issues())
def test_any_issue_makes_feeds_that_keep_the_rules(whole: Issue):
    out = replace(whole, status=Status.PUBLISHED, layout=Layout())

    assert faults(atom(out)) == []
    assert len(read(out).entries) == len(json_feed(out)["items"]) == 1
    links = links_of(json_feed(out)["items"][0]["content_html"])
    assert all(re.match(r"https?://|mailto:", link, re.IGNORECASE) for link in links)


def test_content_has_absolute_links_bare_tags_and_nothing_that_runs():
    whole = replace(
        week(intro="[Here](https://a.example/) and [there](/there).", closing="*Bye*"),
        status=Status.PUBLISHED,
        layout=Layout(images="all"),
        sponsor=Sponsor(name="Kestrel", text="Flat.", url="https://kestrel.example/"),
    )

    content = json_feed(whole)["items"][0]["content_html"]

    assert "https://kestrel.example/" in links_of(content)
    assert all(link.startswith(("https://", "mailto:")) for link in links_of(content))
    assert not re.search(r"<(script|style|iframe|form|object|link|meta)|\son\w+=|style=", content)


def test_a_workspaces_own_template_can_smuggle_nothing_into_a_feed():
    own = {
        **templates(),
        "feed.html.j2": '<p onclick="x()">Own<script>x()</script> <a href="../a">a</a>\x01</p>'
        '<a href="javascript:x()">b</a><img src="/pixel.gif">',
    }

    files = render_site([published(0)], own)

    content = json.loads(files["feed.json"])["items"][0]["content_html"]
    assert content == "<p>Own <a>a</a>\ufffd</p><a>b</a><img>"
    assert not feedparser.parse(files["feed.xml"]).bozo


def test_no_feed_holds_the_mails_unsubscribe_tag():
    sender = replace(masthead().sender, unsubscribe="{{ unsubscribe_url }}")
    files = site(published(0, masthead=masthead(sender=sender)))

    assert not any(b"unsubscribe" in files[name] for name in ("feed.xml", "feed.json"))


def test_the_json_feed_has_what_version_1_1_asks_for():
    feed = json_feed(published(0), published(1))

    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == "https://tideline.example/archive/feed.json"
    assert feed["home_page_url"] == "https://tideline.example/archive/index.html"
    assert (feed["title"], feed["language"]) == ("Tideline", "en")
    assert feed["authors"] == [
        {"name": "Tideline", "url": "https://tideline.example/archive/index.html"}
    ]
    for item in feed["items"]:
        assert isinstance(item["id"], str)
        assert item["content_html"]
        assert RFC_3339.fullmatch(item["date_published"])
        assert RFC_3339.fullmatch(item["date_modified"])


def test_an_issue_without_stories_is_told_all_the_same():
    empty = published(0, sections=())

    entry = read(empty).entries[0]

    assert entry.title == "Week 47: No stories this week"
    assert "No stories this week." in entry.content[0].value


def test_a_newsletter_without_a_name_has_one_in_its_feeds():
    feed = atom(published(0, masthead=masthead(title="\u200b", sender=None)))

    assert texts(feed, "title") == ["Newsletter"]
    assert faults(feed) == []


def test_the_sitemap_has_the_archive_and_every_published_issue():
    home = masthead(url="https://tideline.example/küste/")
    later = datetime(2026, 11, 24, 9, tzinfo=UTC)
    issues = [published(number, masthead=home) for number in range(30)]
    issues[3] = replace(issues[3], updated_at=later)

    found = etree.fromstring(site(*issues)["sitemap.xml"])

    assert found.tag == f"{SITEMAP}urlset"
    rows = [[part.text for part in url] for url in found]
    assert len(rows) == 31
    assert rows[0] == ["https://tideline.example/k%C3%BCste/index.html", "2026-11-24T09:00:00Z"]
    assert rows[1][0] == "https://tideline.example/k%C3%BCste/2026-W47/index.html"
    assert rows[4][1] == "2026-11-24T09:00:00Z"


def test_the_same_issues_make_the_same_bytes_in_any_order_and_from_their_files():
    issues = [published(number) for number in range(4)]

    again = [load(dump(one)) for one in reversed(issues)]

    assert site(*again) == site(*issues)


def test_sections_of_one_name_are_one_tag():
    twice = (Section(name="Sea", stories=(story(1),)), Section(name="Sea", stories=(story(2),)))

    assert json_feed(published(0, sections=twice))["items"][0]["tags"] == ["Sea"]
