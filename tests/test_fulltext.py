"""Full text: whose pages are read, and what comes of reading them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fakes import InlineWorkers

from newsletter.errors import FetchError, OutOfTimeError
from newsletter.model import Article, Document, Feed, FullText, Page, PageVisit, Ranked, Story
from newsletter.pipeline.fulltext import (
    PER_STORY,
    PagesRead,
    candidates,
    is_teaser,
    read_pages,
    shortlist,
    tells_of,
    wanted,
)
from newsletter.store import Store, open_store

NOW = datetime(2026, 11, 16, 6, tzinfo=UTC)
HOUR = timedelta(hours=1)
FEED = "https://ledger.example/feed"
LONG = "Rain fell over Velsum for nine hours, the port said. " * 20
TOLD = "Rain fell over Velsum for {} hours and the harbour closed its gates."
PAGE = "".join(f"<p>{TOLD.format(hours)}</p>" for hours in range(9))


class ScriptedPages:
    """Pages that answer what they were told to, by URL; in the opposite order."""

    def __init__(self, answers: dict[str, str | FetchError]) -> None:
        self.answers = answers
        self.asked: list[str] = []

    def read(self, urls: Sequence[str]) -> Iterator[tuple[str, Document | FetchError]]:
        self.asked.extend(urls)
        for url in reversed(urls):
            answer = self.answers[url]
            if isinstance(answer, str):
                yield url, Document(url=f"{url}?arrived", content=answer.encode())
            else:
                yield url, answer


def article(id_: str = "a", text: str = "It rained …", **fields: Any) -> Article:
    given = {
        "keys": (id_,),
        "title": "Rain",
        "source": f"Paper {id_}",
        "url": f"https://ledger.example/{id_}",
        "first_seen": NOW,
        "origins": (FEED,),
    }
    return Article(id=id_, text=text, **{**given, **fields})


def ranked(*articles: Article, **copies: str) -> Ranked:
    story = Story(id=f"story {articles[0].id}", articles=articles, copies=copies)
    return Ranked(story=story, section="News", score=1.0, reasons=())


def wants(*articles: Article, visited: Iterable[PageVisit] = (), **modes: FullText) -> list[str]:
    feeds = {FEED: Feed(url=FEED, section="News")}
    for name, mode in modes.items():
        feeds[name] = Feed(url=name, section="News", full_text=mode)
    known = {visit.article_id: visit for visit in visited}
    return [one.id for one in wanted(articles, feeds, known, NOW)]


def read(store: Store, source: ScriptedPages, *articles: Article) -> PagesRead:
    store.record(articles)
    return read_pages(
        articles, source=source, workers=InlineWorkers(), pages=store, now=NOW, language="en"
    )


def test_the_shortlist_is_what_was_chosen_and_half_as_many_again():
    stories = [ranked(article(str(number))) for number in range(9)]
    chosen = (stories[0], stories[2], stories[5])

    assert shortlist(stories, chosen) == (*chosen, stories[1], stories[3])
    assert shortlist(stories, ()) == ()


def test_a_story_speaks_through_its_lead_and_other_outlets_copies_last():
    lead, copy = article("lead"), article("copy")
    same = article("same", source="PAPER LEAD")
    others = [article(f"other{number}") for number in range(3)]

    [*found] = candidates([ranked(lead, copy, same, *others, copy="lead")])

    assert [one.id for one in found] == ["lead", "other0", "other1", "other2"]
    assert len(found) == PER_STORY
    assert candidates([ranked(lead, copy, copy="lead")]) == (lead, copy)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained.", True),
        (LONG, False),
        (LONG + "And then…", True),
        (LONG + "And then [...]", True),
        (LONG + "Read more »", True),
        (LONG + "Continue reading Rain over Velsum →", True),
        (LONG + "Weiterlesen …", True),
        (LONG + "And then […]\nThe post Rain appeared first on The Ledger.", True),
        (LONG + "\nThe post Rain appeared first on The Ledger.", False),
        (LONG + "He had read more than they thought.", False),
    ],
)
def test_a_teaser_is_short_or_cut(text: str, expected: bool):
    assert is_teaser(text) is expected


def test_full_text_is_read_as_the_feed_says():
    never, always = (article("n", origins=("never",)), article("y", LONG, origins=("always",)))

    assert wants(article("a"), article("b", LONG)) == ["a"]
    assert wants(never, always, never="never", always="always") == ["y"]


def test_of_several_feeds_always_goes_before_auto_and_auto_before_never():
    modes: dict[str, FullText] = {"never": "never", "always": "always"}

    assert wants(article(text=LONG, origins=("never", "always", FEED)), **modes) == ["a"]
    assert wants(article(origins=("never", FEED)), **modes) == ["a"]
    assert wants(article(text=LONG, origins=("never", FEED)), **modes) == []


@pytest.mark.parametrize(
    "fields",
    [{"url": None}, {"url": "https://ledger.example/"}, {"url": "ftp://a.example/a"},
     {"origins": ("seeds/a.txt",)}],
    ids=["no page", "front page", "no web page", "seed"],
)  # fmt: skip
def test_what_has_no_page_of_its_own_is_not_asked_for(fields: dict[str, Any]):
    assert wants(article(**fields)) == []


@pytest.mark.parametrize(
    ("hours", "failed", "is_read"), [(19, True, False), (20, True, True), (900, False, False)]
)
def test_a_page_is_read_once_and_a_failure_tried_again_a_day_later(
    hours: int, failed: bool, is_read: bool
):
    page = None if failed else Page(url="https://ledger.example/a", text=LONG)
    visit = PageVisit(article_id="a", at=NOW - hours * HOUR, page=page)

    assert wants(article(), visited=[visit]) == (["a"] if is_read else [])


def test_pages_that_were_read_are_kept_and_failures_cost_themselves_alone():
    one, two, three = article("a"), article("b"), article("c")
    source = ScriptedPages(
        {str(one.url): PAGE, str(two.url): FetchError("answers 404"), str(three.url): "nothing"}
    )

    with open_store("sqlite://") as store:
        came = read(store, source, one, two, three)
        kept = {found.id: found for found in store.within(None, NOW + HOUR)}
        visits = store.page_visits("abc")

    assert (came.read, came.failed) == (1, ((two, "answers 404"), (three, "is no web page")))
    assert kept["a"].text.startswith("Rain fell over Velsum")
    assert kept["a"].page == "https://ledger.example/a?arrived"
    assert kept["b"].text == two.text
    assert [visits[id_].error for id_ in "abc"] == [None, "answers 404", "is no web page"]


COUNTED = "Points: 5 Comments: 2 Article: https://a.example/x Submitted: today by rainer"
WALLS = (
    "Log in to read on. Whoever has an account reads all that we print, on the web and in our app.",
    "We and our partners keep cookies on your device to measure what is read. Do you accept that?",
    "Switch JavaScript on and load this again, so that we can tell you from a robot.",
    "Wir und unsere Partner speichern Cookies auf Ihrem Gerät. Stimmen Sie dem zu?",
)


@pytest.mark.parametrize("wall", WALLS)
def test_a_wall_before_the_page_does_not_take_the_place_of_the_teaser(wall: str):
    teased = article(text="Rain closed the gates of Velsum harbour for nine hours, the port said …")
    walled = "".join(f"<p>{wall} ({number} of nine, says the editor.)</p>" for number in range(9))
    source = ScriptedPages({str(teased.url): walled})

    with open_store("sqlite://") as store:
        came = read(store, source, teased)
        [kept] = store.within(None, NOW + HOUR)

    assert [reason.split(",")[0] for _, reason in came.failed] == [
        "tells of something else than its entry"
    ]
    assert (kept.text, kept.page) == (teased.text, None)


@pytest.mark.parametrize(
    ("title", "text", "page", "expected"),
    [
        ("Rain over Velsum harbour", "", "The harbour of Velsum is closed.", True),
        ("Rain over Velsum harbour", "", "Log in to read on.", False),
        ("Rain", "It rained.", "Log in to read on.", True),
        ("Rain over Velsum harbour", COUNTED, "Velsum has its harbour closed.", True),
        ("港口因暴雨关闭", "港口周一因暴雨关闭九小时。", "周一，港口因暴雨关闭了九个小时。", True),
        ("港口因暴雨关闭", "港口周一因暴雨关闭九小时。", "请登录后继续阅读全文。", False),
    ],
    ids=["title alone", "wall", "too few words", "an aggregator's teaser", "Chinese", "its wall"],
)  # fmt: skip
def test_a_page_has_words_of_its_entry(title: str, text: str, page: str, expected: bool):
    entry = article(text=text, title=title)

    assert tells_of(Page(url=str(entry.url), text=page), entry) is expected


def test_a_page_that_there_was_no_time_for_is_asked_for_again():
    source = ScriptedPages({str(article().url): OutOfTimeError("no time left")})

    with open_store("sqlite://") as store:
        came = read(store, source, article())
        visits = store.page_visits("a")

    assert (came.failed, visits) == (((article(), "no time left"),), {})


def test_a_page_of_two_articles_is_asked_for_once():
    url = "https://ledger.example/rain"
    source = ScriptedPages({url: PAGE})

    with open_store("sqlite://") as store:
        came = read(store, source, article("a", url=url), article("b", url=url))

    assert (came.read, source.asked) == (2, [url])


def test_a_network_that_is_away_is_not_held_against_the_pages():
    source = ScriptedPages({str(article().url): FetchError("no connection", is_silent=True)})

    with open_store("sqlite://") as store:
        came = read(store, source, article())
        visits = store.page_visits("a")

    assert (came.failed, visits) == (((article(), "no connection"),), {})


def test_nothing_wanted_asks_nobody():
    with open_store("sqlite://") as store:
        assert read(store, ScriptedPages({})) == PagesRead()
