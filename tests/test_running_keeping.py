"""What the weekly run lets go of, and what it leaves behind when it is cut short."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from issues import article, issue, story

from newsletter.issue import dump
from newsletter.model import Article, Built, Decision, Status
from newsletter.pipeline.handmade import changed
from newsletter.pipeline.pruning import prune
from newsletter.store import Store, open_store

NOW = datetime(2026, 11, 22, 18, tzinfo=UTC)
OLD = NOW - timedelta(days=300)
KEPT = timedelta(days=180)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path}/news.db") as opened:
        yield opened


def seen(store: Store, *ids: str, at: datetime = OLD) -> None:
    store.record(
        Article(
            id=id_,
            keys=(f"guid {id_}",),
            title=id_,
            text="It rained all day.",
            source="Ledger",
            published=at - timedelta(hours=1),
            first_seen=at,
            origins=("https://ledger.example/feed",),
        )
        for id_ in ids
    )


def out(store: Store, week: str, until: datetime, *ids: str) -> None:
    printed = story(articles=tuple(article(id=id_) for id_ in ids), summary=())
    since = until - timedelta(days=7)
    content = dump(issue(printed, id=week, status=Status.PUBLISHED, since=since, until=until))
    store.save_issue(
        Built(
            id=week, status=Status.PUBLISHED, since=None, until=until, content=content, report="{}"
        )
    )


def test_old_articles_go_but_for_what_the_last_issues_printed_and_the_editor_decided(store: Store):
    seen(store, "printed", "decided", "other", "long-ago", "nothing")
    out(store, "2026-W05", OLD + timedelta(days=7), "long-ago")
    out(store, "2026-W46", NOW - timedelta(days=7), "printed")
    store.decide([Decision(kind="apart", article_id="decided", other_id="other", at=OLD)])

    gone = prune(store, NOW, articles=KEPT, issues=1)

    assert gone == 2
    assert set(store.by_id(["printed", "decided", "other", "long-ago", "nothing"])) == {
        "printed",
        "decided",
        "other",
        "long-ago",  # without its text: that it was printed is remembered
    }


def test_what_an_issue_may_still_take_stays_however_short_it_is_to_be_kept(store: Store):
    seen(store, "young", at=NOW - timedelta(days=70))
    seen(store, "old", at=NOW - timedelta(days=80))
    out(store, "2026-W46", NOW - timedelta(days=7), "another")

    gone = prune(store, NOW, articles=timedelta(days=28), issues=1, max_age=timedelta(days=60))

    assert gone == 1
    assert set(store.by_id(["young", "old"])) == {"young"}


def test_what_no_issue_has_had_its_chance_at_waits_however_old_it_is(store: Store):
    seen(store, "early")
    out(store, "2026-W04", OLD + timedelta(days=1), "another")
    seen(store, "late", at=OLD + timedelta(days=2))

    prune(store, NOW, articles=KEPT, issues=1)

    assert set(store.by_id(["early", "late"])) == {"late"}


def test_before_the_first_issue_nothing_goes(store: Store):
    seen(store, "early")

    assert prune(store, NOW, articles=KEPT, issues=1) == 0


def test_nothing_goes_while_it_cannot_be_told_what_was_printed(store: Store):
    seen(store, "early")
    out(store, "2026-W46", NOW)
    built = store.built("2026-W46")
    assert built
    store.save_issue(replace(built, content="{}"))

    assert prune(store, NOW, articles=KEPT, issues=1) == 0


def as_built(**changes: object) -> Built:
    made = issue(story(), **changes)
    return Built(
        id=made.id,
        status=made.status,
        since=made.since,
        until=made.until,
        content=dump(made),
        report="{}",
    )


def test_what_a_publication_that_was_cut_short_left_is_nobodys_change():
    built = as_built()
    left = issue(story(), status=Status.PUBLISHED, published_at=NOW, problems=("check: late",))

    assert changed(built, dump(left)) == ()


def test_what_a_build_that_was_cut_short_left_is_nobodys_change():
    built = as_built()
    left = issue(story(1), generated_at=NOW + timedelta(hours=1), until=NOW)

    assert changed(built, dump(left)) == ()


def test_what_a_person_changed_before_a_publication_was_cut_short_is_still_hers():
    built = as_built()
    left = json.loads(dump(issue(story(), status=Status.PUBLISHED, published_at=NOW)))
    left["sections"][0]["stories"][0]["headline"] = "The mill stands"

    assert changed(built, json.dumps(left)) == ("story 1: headline",)
