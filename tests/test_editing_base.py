"""What the program wrote and what a person did: the base of edits, the seal, what is by hand."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from edited import base, told
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from issues import article, issue, story
from printed import issues
from test_issue_nonsense import ANYTHING, LEAVES, put

from newsletter.errors import IssueError
from newsletter.issue import dump, load
from newsletter.issue.base import dump_base, load_base
from newsletter.issue.seal import seal_of, sealed
from newsletter.model import Built, Issue, Sentence, Status
from newsletter.pipeline.handmade import changed

SLOWLY = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
WEEK = base(spare={"Science": [told("x", "y")]})
HAND = Sentence(text="I say so.", article_id="lead", by_hand=True)


def test_a_base_comes_back_as_it_was():
    assert load_base(dump_base(WEEK)) == WEEK


def test_what_the_build_chose_comes_back_and_was_not_kept_once():
    merged = replace(WEEK, chosen=(("a", "b"), ("c",)))
    older = json.loads(dump_base(merged))
    del older["chosen"]

    assert load_base(dump_base(merged)) == merged
    assert load_base(json.dumps(older)) == WEEK


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda data: data.update(version=2), "base: is no issue as composed of version 1"),
        (lambda data: data.update(issue=[]), "base:1: issue: is not an object"),
        (lambda data: data.update(mood=1), "base:1: mood: is not a known key"),
        (lambda data: data.update(sections="All"), "base:1: sections: 'All' is not a list"),
        (
            lambda data: data["issue"].update(until="soon"),
            "base:1: issue.until: 'soon' is no moment",
        ),
        (
            lambda data: data["candidates"][0].pop("reason"),
            "base:1: candidates[0].reason: is missing",
        ),
        (
            lambda data: data["candidates"][0]["story"].update(id="a"),
            "base:1: candidates[0].story.id: 'a' is the id of another story, issue.sections[0]",
        ),
        (
            lambda data: data["candidates"][0]["story"]["summary"][0].update(article_id="q"),
            "base:1: candidates[0].story.summary[0].article_id: 'q' is no article of this story",
        ),
    ],
)
def test_what_is_no_base_is_named(change: Callable[[Any], object], fault: str):
    data = json.loads(dump_base(WEEK))
    change(data)

    with pytest.raises(IssueError) as caught:
        load_base(json.dumps(data))

    assert str(caught.value).startswith(fault)
    assert "\n" not in str(caught.value)


def test_what_is_by_hand_comes_back_and_is_left_out_where_nothing_is():
    lead = article(id="lead", lead=True)
    mine = story(articles=(lead,), summary=(HAND,), by="editor", by_hand=("headline", "pin"))
    whole = issue(mine, note="*Corrected*.")
    plain = dump(issue(story()))

    assert load(dump(whole)) == whole
    assert '"by_hand"' not in plain
    assert '"note"' not in plain


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (
            {"by_hand": ["mood"]},
            "sections[0].stories[0].by_hand: 'mood' is nothing that is done by hand; known: headl",
        ),
        (
            {"summary": [{"text": "Mine.", "article_id": "article1", "by_hand": True}]},
            "summary[0].article_id: is not 'article0': a sentence by hand stands with",
        ),
    ],
)
def test_nonsense_in_what_is_by_hand_is_named(change: dict[str, object], fault: str):
    data = json.loads(dump(issue(story())))
    data["sections"][0]["stories"][0].update(change)

    with pytest.raises(IssueError) as caught:
        load(json.dumps(data))

    assert fault in str(caught.value)


@SLOWLY
@given(issues(), st.sampled_from([None, 0, 3]), st.booleans())
def test_the_seal_of_issue_json_fits_in_whatever_layout(
    whole: Issue, indent: int | None, sort: bool
):
    text = dump(whole)

    laid_out = json.dumps(json.loads(text), indent=indent, sort_keys=sort)

    assert sealed(text)
    assert sealed(f"\ufeff{laid_out}\n")
    assert len(json.loads(text)["seal"]) == 32


@SLOWLY
@given(st.sampled_from(LEAVES), ANYTHING)
def test_no_value_can_be_changed_without_breaking_the_seal(path: tuple[Any, ...], value: object):
    data = json.loads(dump(issue(story(), story(2))))
    try:
        put(data, path, value)
    except (KeyError, IndexError, TypeError):  # not in this issue
        return

    is_same = json.dumps(data, sort_keys=True) == json.dumps(
        json.loads(dump(issue(story(), story(2)))), sort_keys=True
    )

    assert sealed(json.dumps(data)) == is_same


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"seal": 1}', "[" * 100_000, '{"seal": "00"}'])
def test_what_has_no_seal_that_fits_is_not_sealed(text: str):
    assert not sealed(text)


def test_the_seal_does_not_count_itself():
    assert seal_of({"id": 1, "seal": "x"}) == seal_of({"id": 1})


def as_built(whole: Issue, content: str | None = None) -> Built:
    return Built(
        id=whole.id,
        status=whole.status,
        since=whole.since,
        until=whole.until,
        content=dump(whole) if content is None else content,
        report="{}",
    )


def test_what_a_program_wrote_is_nobodys_change_whatever_was_remembered():
    built = as_built(issue(story()))

    assert changed(built, dump(issue(story(3), intro="Another build"))) == ()


def test_a_changed_issue_stays_changed_when_the_program_wrote_another_since():
    built = as_built(issue(story()))
    text = dump(issue(story(headline="The mill stands")), is_by_hand=True)

    assert changed(built, text) == ("story 1: headline",)


def test_an_issue_of_before_there_were_seals_counts_by_its_values():
    whole = issue(story())
    built = as_built(whole, dump(whole, is_by_hand=True))
    other = replace(whole, intro="Mine")

    assert changed(built, json.dumps(json.loads(built.content))) == ()
    assert changed(built, dump(other, is_by_hand=True)) == ("intro",)


def test_a_publication_of_a_changed_issue_that_was_cut_short_leaves_her_words():
    built = as_built(issue(story()))
    out = issue(story(headline="The mill stands"), status=Status.PUBLISHED, published_at=None)

    assert changed(built, dump(out, is_by_hand=True)) == ("story 1: headline",)
