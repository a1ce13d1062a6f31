"""What the store takes over from printed issues, what it lets go of, and all of it as JSON."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from engines import (
    DAY,
    ENGINES,
    HOUR,
    NOW,
    SECOND,
    article,
    claimed,
    event,
    issue,
    sure,
    url_on,
)

from newsletter.model import Article, Decision, PageVisit, Reading, Recorded, Status
from newsletter.store import Store, open_store


@pytest.fixture(params=ENGINES)
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    with open_store(url_on(request.param, request)) as opened:
        yield opened


def printed(id_: str, **fields: Any) -> Article:
    """Return an article as an issue.json knows it."""
    return article(id_, **{"keys": (), "text": "", "origins": (), **fields})


def test_a_store_is_empty_until_it_holds_an_article_or_an_issue(store: Store):
    assert store.is_empty()

    store.save_issue(issue(47, status=Status.DRAFT))

    assert not store.is_empty()


def test_an_adopted_issue_is_published_and_its_articles_lie_before_its_cut_off(store: Store):
    store.adopt(issue(47, NOW), [printed("a"), printed("b")])

    assert store.last_published() == issue(47, NOW)
    assert set(store.by_id("ab")) == {"a", "b"}
    assert [one.id for one in store.within(NOW - SECOND, NOW)] == ["a", "b"]
    assert store.within(NOW, NOW + DAY) == ()


def test_an_adopted_article_is_not_new_when_a_feed_brings_it(store: Store):
    store.adopt(issue(47, NOW), [printed("a")])
    brought = article("a", first_seen=NOW + HOUR, text="It rained all day.")

    recorded = store.record([brought])
    again = store.record([brought])

    assert (recorded, again) == (Recorded(changed=frozenset("a")), Recorded())
    assert store.by_id("a")["a"].text == "It rained all day."
    assert store.within(NOW, NOW + DAY) == ()


def test_an_adopted_article_is_known_by_the_keys_it_brings_as_well(store: Store):
    store.adopt(issue(47, NOW), [printed("a", keys=("url u",)), printed("b", keys=("url u",))])

    recorded = store.record([article("c", keys=("guid 9", "url u"), first_seen=NOW + HOUR)])

    assert recorded.new == frozenset()


def test_an_adopted_seed_stays_where_it_was_printed(store: Store):
    store.adopt(issue(47, NOW), [printed("a")])
    seed = article("a", origins=("seeds/a.txt",), first_seen=NOW + HOUR)

    recorded = store.record_seeds([seed], failed=(), now=NOW + HOUR)

    assert recorded.new == frozenset()
    assert store.within(NOW, NOW + DAY) == ()


def test_adopting_changes_nothing_that_is_published_and_known(store: Store):
    store.record([article("a", first_seen=NOW - HOUR)])
    store.save_issue(issue(47, NOW))
    before = store.dump()

    store.adopt(replace(issue(47, NOW), content="[]"), [printed("a")])
    store.adopt(replace(issue(47, NOW), content="[]"), [printed("a")])

    assert store.dump() == before


def test_an_article_that_was_printed_before_it_was_recorded_is_not_printed_again(store: Store):
    store.record([article("a", first_seen=NOW + HOUR)])

    store.adopt(issue(47, NOW + 2 * HOUR), [printed("a")])
    store.adopt(issue(46, NOW), [printed("a")])

    assert store.by_id("a")["a"].first_seen == NOW - SECOND


OLD = NOW - 200 * DAY


def test_old_articles_go_with_all_that_hangs_on_them(store: Store):
    dated = {"first_seen": OLD, "published": OLD - HOUR}
    store.record([article("old", **dated), article("kept", **dated), article("new")])
    store.save_readings([Reading(article_id="old", digest="d", title="", words="", shingles=b"")])
    store.save_pages([PageVisit(article_id="old", at=OLD, error="answers 404")])
    store.decide([Decision(kind="apart", article_id="new", other_id="old", at=NOW)])

    gone = store.prune(before=NOW - 180 * DAY, keep={"kept"})

    assert gone == 1
    assert set(store.by_id(["old", "kept", "new"])) == {"kept", "new"}
    assert "old" not in json.dumps(store.dump())


def test_a_live_seed_stays_however_old_it_is(store: Store):
    dated = {"first_seen": OLD, "published": OLD - HOUR}
    seeds = [article(id_, origins=(f"seeds/{id_}",), **dated) for id_ in "ab"]
    store.record_seeds(seeds, failed=(), now=OLD)
    store.record_seeds(seeds[:1], failed=(), now=OLD + HOUR)

    assert store.prune(before=NOW, keep=()) == 1
    assert set(store.by_id("ab")) == {"a"}


def test_an_old_article_without_a_date_loses_its_text_and_is_still_known(store: Store):
    store.record([article("a", first_seen=OLD)])

    first, again = (store.prune(before=NOW, keep=()) for _ in range(2))
    recorded = store.record([article("a", first_seen=NOW)])

    assert (first, again) == (1, 0)
    assert recorded.new == frozenset()


def test_an_old_article_that_was_printed_or_is_dated_ahead_is_still_known(store: Store):
    ahead = article("ahead", first_seen=OLD, published=OLD)
    dated = article("printed", first_seen=OLD, published=OLD - HOUR)
    store.record([ahead, dated])
    content = json.dumps({"sections": [{"stories": [{"articles": [{"id": "printed"}]}]}]}, indent=1)
    store.save_issue(replace(issue(47, NOW), content=content))

    gone = store.prune(before=NOW, keep=())
    again = store.record(replace(one, first_seen=NOW) for one in (ahead, dated))

    assert gone == 2
    assert again.new == frozenset()


def test_gathers_of_long_ago_go_and_what_was_done_for_weeks_stays(store: Store):
    for job, period in [("gather", "2026-05-06T17:00:00Z"), ("publish", "2026-W19")]:
        claim = claimed(store, job=job, period=period, now=OLD)  # type: ignore[arg-type]
        store.end_run(sure(claim), "done", now=OLD)

    store.prune(before=NOW, keep=())

    assert [run.job for run in store.runs(9)] == ["publish"]


def test_hundreds_of_articles_are_let_go_of_at_once(store: Store):
    store.record(article(f"{n}", first_seen=OLD, published=OLD - HOUR) for n in range(500))

    assert store.prune(before=NOW, keep={"7"}) == 499


def test_the_same_memory_is_the_same_dump_whoever_worked_on_it(store: Store):
    store.record([article("a"), article("B"), article("b")])
    store.note(event(key="draft:1", details={"stories": 1}), channels=["email:a@example.org"])
    dumps = []
    for owner in ("one", "two"):
        claim = sure(claimed(store, owner, wall=NOW + (DAY if owner == "two" else 0 * DAY)))
        store.release(claim)
        dumps.append(store.dump())

    assert dumps[0] == dumps[1] == json.loads(json.dumps(dumps[0]))
    assert [row["id"] for row in dumps[0]["articles"]] == ["B", "a", "b"]  # type: ignore[attr-defined]
    [told] = dumps[0]["events"]  # type: ignore[misc]
    assert told["notices"] == [{"channel": "email:a@example.org", "state": "pending"}]
    assert not {"id", "fence", "owner", "attempts", "beat_at"} & {*told, *dumps[0]["runs"][0]}  # type: ignore[index]
