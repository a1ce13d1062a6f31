"""What asking a language model costs, when it is asked no more, and in which order."""

import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Lock
from threading import enumerate as enumerate_threads
from typing import Any

import pytest
from llm_server import (
    Endpoint,
    Handler,
    answers,
    completion,
    fails,
    model_server,
    says,
    sends,
    waits,
)
from servers import closed_port
from writing_desks import GOOD, KEY, LIE, NOW, desk, in_its_own_words, issue, only, story

from newsletter.model import Assignment
from newsletter.pipeline.writing import written
from newsletter.store import open_store
from newsletter.store.store import Store

STORIES = [
    story(name, f"The council of District {name.upper()} met on Tuesday.\n{story().lead.text}")
    for name in "abcde"
]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path}/newsletter.db") as opened:
        yield opened


def told_of(body: dict[str, Any]) -> str:
    """Return the letter of the story that a request is about."""
    found = re.search(r"council of District ([A-E])", body["messages"][1]["content"])
    assert found
    return found[1].lower()


def well(body: dict[str, Any]) -> str:
    """Answer with the sentences as they are."""
    lines = re.findall(r"^\[(\d+)\] (.+)$", body["messages"][1]["content"], re.MULTILINE)
    return "\n".join(f"{text} [{number}]" for number, text in lines[-3:])


def test_a_second_build_asks_nothing_and_prints_the_same(store: Store):
    first, _ = issue(store, says(GOOD))
    with model_server(says(GOOD), says(LIE)) as server:
        jobs = [(story(), Assignment())]
        written(jobs, in_its_own_words, desk(server, store))
        again = written(jobs, in_its_own_words, desk(server, store))

    assert again.summaries == first.summaries
    assert len(server.asked) == 1
    assert (again.spent.calls, again.spent.cached) == (0, 1)
    assert (again.spent.tokens_in, again.spent.tokens_out) == (0, 0)


def test_an_answer_that_was_refused_is_not_asked_for_again_and_refused_again(store: Store):
    found, server = issue(store, says(LIE), says(GOOD), builds=2)

    assert len(server.asked) == 1
    assert only(found).by == "extractive"
    assert found.spent.refused[0][1].startswith("the language model's summary was refused")


def test_an_answer_that_never_came_is_asked_for_again(store: Store):
    found, server = issue(store, fails("401 Unauthorized"), says(GOOD), builds=2)

    assert len(server.asked) == 2
    assert only(found).by == "llm"


def test_another_model_is_asked_anew(store: Store):
    with model_server(says(GOOD)) as server:
        jobs = [(story(), Assignment())]
        written(jobs, in_its_own_words, desk(server, store))
        written(jobs, in_its_own_words, desk(server, store, model="large"))

    assert [body["model"] for body in server.asked] == ["tiny", "large"]


def test_tokens_are_counted_as_the_endpoint_counts_them(store: Store):
    found, _ = issue(store, answers(well), stories=STORIES[:2])

    assert (found.spent.tokens_in, found.spent.tokens_out) == (200, 40)
    assert (found.spent.calls, found.spent.accepted, found.spent.refused) == (2, 2, ())


def test_tokens_that_nobody_counts_are_estimated(store: Store):
    found, _ = issue(store, says(GOOD, usage=None))

    assert 500 < found.spent.tokens_in < 1_500
    assert 40 < found.spent.tokens_out < 120


def test_the_best_stories_are_asked_about_first_and_the_others_when_the_budget_allows(store: Store):
    def dearly(handler: Handler) -> None:
        usage = {"prompt_tokens": 900, "completion_tokens": 100}
        handler.send(completion(well(handler.body), usage=usage))

    # Up to 4,000 tokens may be answered, some 800 are asked: a fourth call might cost too much.
    found, server = issue(store, dearly, stories=STORIES, scores=[1, 5, 3, 4, 2], budget=7_000)

    assert [told_of(body) for body in server.asked] == ["b", "d", "c"]
    assert [one.by for one in found.summaries] == [
        "extractive", "llm", "llm", "llm", "extractive",
    ]  # fmt: skip
    assert found.summaries[0].notes[-1] == (
        "the language model was not asked: the issue's budget of 7,000 tokens is spent"
        " (summaries.budget)"
    )


def test_a_story_that_takes_more_than_the_budget_is_not_asked_about(store: Store):
    found, server = issue(store, says(GOOD), budget=100)

    assert server.asked == []
    assert "budget of 100 tokens is spent" in only(found).notes[-1]


def test_no_more_questions_are_under_way_than_the_settings_allow(store: Store):
    lock, pair, under_way = Lock(), Barrier(2), [0]
    seen: list[int] = []

    def slowly(handler: Handler) -> None:
        with lock:
            under_way[0] += 1
            seen.append(under_way[0])
            is_first_pair = len(seen) <= 2
        if is_first_pair:
            pair.wait(60)
        with lock:
            under_way[0] -= 1  # before the answer, which lets the next question go
        handler.send(completion(well(handler.body)))

    found, _ = issue(store, slowly, stories=STORIES, concurrency=2)

    assert max(seen) == 2
    assert [one.by for one in found.summaries] == ["llm"] * 5


def test_summaries_stand_in_the_order_of_their_stories_whichever_comes_first(store: Store):
    def late(handler: Handler) -> None:
        handler.endpoint.over.wait(0.1 if told_of(handler.body) == "a" else 0)
        handler.send(completion(well(handler.body)))

    found, _ = issue(store, late, stories=STORIES)

    assert [one.headline for one in found.summaries] == [f"Headline of {n}" for n in "abcde"]
    assert [one.sentences[0].article_id for one in found.summaries] == list("abcde")


def test_after_three_failures_in_a_row_an_endpoint_is_left_alone_and_named_once(
    store: Store, caplog: pytest.LogCaptureFixture
):
    found, server = issue(store, fails("403 Forbidden"), stories=STORIES, concurrency=1)

    assert len(server.asked) == 3
    (line,) = [one.getMessage() for one in caplog.records if one.levelno == logging.WARNING]
    assert re.fullmatch(
        r"language model: asked no more for this issue after 3 failures in a row: 127\.0\.0\.1:\d+"
        r" refused us \(403\); see to its key \(summaries\.api_key_env\), or write backend:"
        r" extractive",
        line,
    )
    assert found.spent.fault in line
    assert found.summaries[4].notes[-1].startswith("the language model was not asked: 127.0.0.1")


def test_a_failure_between_answers_stops_nothing(store: Store):
    bad, good = fails("403 Forbidden"), answers(well)

    found, server = issue(store, bad, bad, good, bad, bad, stories=STORIES, concurrency=1)

    assert len(server.asked) == 5
    assert found.spent.fault == ""


def test_an_endpoint_that_nobody_runs_costs_three_tries(store: Store):
    gone = Endpoint(port=closed_port())

    found = written([(one, Assignment()) for one in STORIES], in_its_own_words, desk(gone, store))

    assert {one.by for one in found.summaries} == {"extractive"}
    assert "cannot be reached (connection refused)" in found.spent.fault
    assert f"127.0.0.1:{gone.port}" in found.spent.fault


def test_one_failure_is_told_where_there_is_no_second_story_to_ask_about(store: Store):
    found, _ = issue(store, fails("404 Not Found"))

    assert "has no such model or address" in found.spent.fault


def test_nobody_waits_for_an_answer_once_the_build_is_interrupted(store: Store):
    class Interrupted:
        asked = 0

        def answer(self, key: str) -> None:
            self.asked += 1
            if self.asked == 2:
                raise KeyboardInterrupt

        def save_answer(self, key: str, **known: Any) -> None:
            raise AssertionError("nothing was answered")

    before = enumerate_threads()
    with model_server(waits) as server:
        interrupted = replace(desk(server, store), answers=Interrupted())
        with pytest.raises(KeyboardInterrupt):
            written([(one, Assignment()) for one in STORIES], in_its_own_words, interrupted)
        is_over = server.over.is_set()
        begun = [one for one in enumerate_threads() if one not in before]
        threads = [one for one in begun if one.name == "writer"]

        assert not is_over
        assert [one.is_alive() and one.daemon for one in threads] == [True]


def test_of_a_review_no_news_are_made(store: Store):
    found, server = issue(store, says(GOOD), stories=[story("review")])

    assert server.asked == []
    assert only(found) == in_its_own_words(story("review"), Assignment())


def test_the_tail_of_an_issue_is_told_in_one_sentence(store: Store):
    first = GOOD.partition("\n")[0]
    with model_server(says(first)) as server:
        found = written([(story(), Assignment(sentences=1))], in_its_own_words, desk(server, store))

    assert "Write one sentence in" in server.asked[0]["messages"][0]["content"]
    assert [len(one.sentences) for one in found.summaries] == [1]
    assert only(found).by == "llm"


def test_an_answer_of_last_quarter_is_asked_for_again_once_another_was_kept(store: Store):
    with model_server(says(GOOD)) as server:
        jobs = [(story(), Assignment())]
        written(jobs, in_its_own_words, desk(server, store))
        later = NOW + timedelta(days=91)
        store.save_answer(
            "f" * 64, model="m", content="x", tokens_in=1, tokens_out=1, made_at=later
        )
        written(jobs, in_its_own_words, desk(server, store))

    assert len(server.asked) == 2


@pytest.mark.parametrize(
    "talk", [says(GOOD), says(f"{KEY} is a key. [1]"), fails("401 No", KEY), sends(KEY.encode())]
)
def test_the_key_gets_neither_into_what_is_kept_nor_into_a_report_or_log(
    store: Store, caplog: pytest.LogCaptureFixture, talk: Any
):
    caplog.set_level(logging.DEBUG)

    found, server = issue(store, talk)

    assert KEY not in f"{found!r} {caplog.text}"
    assert KEY not in str(server.asked)
