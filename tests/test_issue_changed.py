"""What a person changed in issue.json, told in words; what only looks different is no change."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from issues import week
from printed import issues
from test_issue_faults import WHOLE, WRITTEN
from test_issue_nonsense import ANYTHING, LEAVES, put

from newsletter.errors import IssueError
from newsletter.issue import dump, load
from newsletter.issue.changed import hand_changed
from newsletter.issue.places import Path
from newsletter.model import Issue

SLOWLY = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
BUILT = dump(week())
Data = dict[str, Any]


def stories(data: Data, section: int = 0) -> list[Data]:
    found: list[Data] = data["sections"][section]["stories"]
    return found


def changed(change: Callable[[Data], object]) -> tuple[str, ...]:
    """Return what is said after *change* to the object of issue.json."""
    data = json.loads(BUILT)
    change(data)
    return hand_changed(json.dumps(data), BUILT)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda data: data.update(intro="Good morning."), ["intro"]),
        (lambda data: data["sender"].update(postal_address="Quay 1"), ["sender: postal address"]),
        (lambda data: data["layout"].update(images="all"), ["layout: images"]),
        (lambda data: data.update(sponsor={"name": "Quay"}), ["sponsor"]),
        (lambda data: data["warnings"].append("thin"), ["warnings"]),
        (lambda data: stories(data)[2].update(headline="No scores"), ["story 3: headline"]),
        (
            lambda data: stories(data)[2]["summary"][0].update(text="A court spoke."),
            ["story 3: summary"],
        ),
        (lambda data: stories(data, 1)[0].update(score=9.5), ["story 5: score"]),
        (lambda data: stories(data, 1).pop(0), ["story 5: left out"]),
        (
            lambda data: (stories(data)[0].update(headline="Cranes"), stories(data).pop(1)),
            ["story 1: headline", "story 2: left out"],
        ),
        (
            lambda data: stories(data)[1]["articles"][2].update(title="Passkeys move"),
            ["story 2: source 3: title"],
        ),
        (lambda data: stories(data)[1]["articles"].pop(2), ["story 2: a source left out"]),
        (
            lambda data: stories(data)[1]["articles"].insert(1, stories(data)[1]["articles"].pop()),
            ["story 2: order of its sources"],
        ),
        (lambda data: stories(data).insert(0, stories(data).pop(2)), ["story 3: moved to place 1"]),
        (
            lambda data: stories(data, 1).append(stories(data).pop(2)),
            ["story 3: moved to place 7"],
        ),
        (lambda data: data["sections"][1].update(name="Energy"), ["section 2: name"]),
        (
            lambda data: data["sections"].pop(3),
            ["section 4: left out", *(f"story {n}: left out" for n in (10, 11, 12))],
        ),
        (
            lambda data: data["sections"].append({"name": "Sport", "stories": []}),
            ["section 5: added"],
        ),
        (lambda data: data["sections"].reverse(), ["sections: their order"]),
        (
            lambda data: stories(data).append(stories(data)[0] | {"id": "mine"}),
            ["story 5: added"],
        ),
    ],
    ids=lambda value: ", ".join(value)[:40] if isinstance(value, list) else "",
)
def test_a_change_is_told_in_an_editors_words(change: Callable[[Data], object], said: list[str]):
    assert list(changed(change)) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "issue.json:1: is no JSON: expecting value (column 1)"),
        (BUILT[:-20], "is no JSON"),
        ("[]", "issue.json: is no issue of version 1"),
        ("[" * 100_000, "nest too deeply"),
    ],
    ids=["emptied", "cut", "list", "deep"],
)
def test_what_is_no_issue_any_more_counts_as_changed(text: str, said: str):
    [told] = hand_changed(text, BUILT)

    assert said in told


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda data: stories(data)[0].update(score="high"), ["story 1: score"]),
        (lambda data: stories(data)[0].update(score=float("nan")), ["story 1: score"]),
        (lambda data: stories(data)[0].update(mood="grim"), ["story 1: mood"]),
        (lambda data: stories(data)[0].pop("id"), ["story 1: left out", "story 1: added"]),
        (lambda data: data.update(sections="none"), ["all sections: left out"]),
        (
            lambda data: stories(data)[0].update(sure=1),
            ["issue.json:1: sections[0].stories[0].sure: 1 is neither true nor false"],
        ),
    ],
    ids=["word", "NaN", "unknown key", "no id", "no sections", "number"],
)
def test_a_change_to_nonsense_is_told_as_well(change: Callable[[Data], object], said: list[str]):
    assert list(changed(change)) == said


@SLOWLY
@given(issues(), st.sampled_from([None, 0, 3]), st.booleans())
def test_formatting_and_the_order_of_keys_are_no_change(
    whole: Issue, indent: int | None, sort: bool
):
    built = dump(whole)

    written = json.dumps(json.loads(built), indent=indent, sort_keys=sort)

    assert hand_changed(f"\ufeff{written}\r\n", built) == ()


def test_a_default_that_is_left_out_is_no_change():
    assert changed(lambda data: [data.pop(key) for key in ("intro", "layout", "sponsor")]) == ()


@settings(deadline=None)
@given(st.sampled_from(LEAVES), ANYTHING, st.integers(min_value=0, max_value=4))
@example(("title",), "Tideline", 0)
@example(("counts", "chosen"), True, 0)
def test_a_change_is_told_if_and_only_if_there_is_one(path: Path, value: object, up: int):
    text = json.dumps(put(json.loads(WRITTEN), path[: max(1, len(path) - up)], value))
    try:
        is_changed = load(text) != WHOLE
    except IssueError:
        is_changed = True

    assert bool(hand_changed(text, WRITTEN)) == is_changed
