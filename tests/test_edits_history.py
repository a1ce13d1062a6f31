"""The life of a week: built, edited by whom, approved, published, in one line of time."""

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from edited_weeks import MOMENT, WEEK
from feed_desks import Asked
from hands import changed, edited_in, ran
from hypothesis import given
from hypothesis import strategies as st

from newsletter.cli.timeline import Build, Passage, Sitting, timeline
from newsletter.model import Edit, Event, EventKind

Capture = pytest.CaptureFixture[str]


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def edit(number: int, at: float, by: str = "Ida", kind: Any = "headline", **fields: Any) -> Edit:
    return Edit(number=number, kind=kind, at=MOMENT + minutes(at), by=by, **fields)


def event(kind: EventKind, at: float, cause: str = "") -> Event:
    return Event(kind=kind, at=MOMENT + minutes(at), cause=cause, week=WEEK)


def told(passages: Iterable[Passage]) -> list[str]:
    """Return each passage in a word or two."""
    return [
        f"{one.by}: {one.counted}"
        if isinstance(one, Sitting)
        else one.kind
        if isinstance(one, Event)
        else "built"
        for one in passages
    ]


def test_what_one_person_changed_in_one_go_is_told_as_one():
    edits = [
        edit(1, 0),
        edit(2, 1),
        edit(3, 20, kind="summary"),
        edit(4, 21, by="Ole", kind="drop"),
        edit(5, 22, kind="summary"),
        edit(6, 23, kind="summary"),
    ]

    assert told(timeline([], edits)) == [
        "Ida: 2 headlines, 1 summary",
        "Ole: 1 drop",
        "Ida: 2 summaries",
    ]


def test_after_a_long_pause_one_begins_anew():
    assert told(timeline([], [edit(1, 0), edit(2, 31)])) == ["Ida: 1 headline"] * 2


def test_what_was_taken_back_is_told_when_it_was_and_by_whom():
    edits = [
        edit(1, 0, reverted_at=MOMENT + minutes(1), reverted_by="Ida"),
        edit(2, 0.5, kind="pin", reverted_at=MOMENT + minutes(2), reverted_by="Ole"),
    ]

    assert told(timeline([], edits)) == [
        "Ida: 1 headline, 1 pin; 1 taken back",
        "Ole: 1 taken back",
    ]


def test_changes_stand_between_the_events_of_their_week():
    events = [event("draft", 0), event("approved", 10), event("draft", 12), event("published", 30)]

    assert told(timeline(events, [edit(1, 5), edit(2, 6), edit(3, 11)])) == [
        "draft",
        "Ida: 2 headlines",
        "approved",
        "Ida: 1 headline",
        "draft",
        "published",
    ]


@pytest.mark.parametrize(
    ("kind", "order"),
    [("draft", ["draft", "Ida: 1 headline"]), ("approved", ["Ida: 1 headline", "approved"])],
)
def test_in_one_second_a_draft_comes_before_its_changes_and_the_word_on_it_after(
    kind: EventKind, order: list[str]
):
    assert told(timeline([event(kind, 0)], [edit(1, 0)])) == order


def test_a_change_comes_before_the_draft_that_it_made_of_an_approved_issue():
    again = event("draft", 5, "edited by Ida after it was approved")

    assert told(timeline([event("approved", 0), again], [edit(1, 5)])) == [
        "approved",
        "Ida: 1 headline",
        "draft",
    ]


def test_the_build_is_told_where_no_event_tells_of_it():
    build = Build(at=MOMENT, stories=12)

    assert told(timeline([event("published", 1)], [edit(1, -1)], build)) == [
        "Ida: 1 headline",
        "built",
        "published",
    ]
    assert told(timeline([event("draft", 0.1)], [], build)) == ["draft"]


def test_events_keep_their_order_though_a_clock_was_set_back():
    events = [event("draft", 30), event("approved", 0)]

    assert told(timeline(events, [edit(1, 20), edit(2, 40)])) == [
        "Ida: 1 headline",
        "draft",
        "approved",
        "Ida: 1 headline",
    ]


@given(
    made=st.lists(st.tuples(st.integers(0, 99), st.sampled_from(["Ida", "Ole"]), st.booleans())),
    happened=st.lists(st.integers(0, 99)),
    built=st.none() | st.integers(0, 99),
)
def test_nothing_is_left_out_and_nothing_is_told_twice(
    made: list[tuple[int, str, bool]], happened: list[int], built: int | None
):
    edits = [
        edit(n, at, by, reverted_at=MOMENT + minutes(at + 3) if back else None, reverted_by=by)
        for n, (at, by, back) in enumerate(made, start=1)
    ]
    events = [event("held", at) for at in happened]
    build = None if built is None else Build(at=MOMENT + minutes(built), stories=1)

    passages = list(timeline(events, edits, build))

    deeds = [deed for one in passages if isinstance(one, Sitting) for deed in one.deeds]
    assert [one for one in passages if isinstance(one, Event)] == events
    assert sum(isinstance(one, Build) for one in passages) == (build is not None)
    assert sorted((deed.edit.number, deed.is_taken_back) for deed in deeds) == sorted(
        (n, back) for n, (_, _, is_back) in enumerate(made, 1) for back in {False, is_back}
    )


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """A week that was built, changed by two, approved and published."""
    folder = edited_in(tmp_path_factory.mktemp("history") / "week", request)
    assert ran(folder, "approve", WEEK, minutes=55) == 0
    assert ran(folder, "publish", WEEK, minutes=240) == 0
    return folder


def test_the_life_of_a_week_is_one_line_of_time(week: Path, capsys: Capture):
    capsys.readouterr()

    assert ran(week, "history", WEEK) == 0

    out = capsys.readouterr().out
    lines = [line for line in out.splitlines() if not line.startswith(" ")]
    assert lines[:3] == [
        "2026-11-20 13:00  built        4 stories",
        "2026-11-20 14:00  edited       by Ida: 1 headline, 1 intro (until 14:02)",
        "2026-11-20 14:05  edited       by Ole: 1 drop, 1 pin",
    ]
    assert lines[3].startswith(
        "2026-11-20 14:50  edited       by Ida: summary of “Mill under water”: “Stay dry. The river"
    )
    assert [line.split()[2] for line in lines[4:]] == ["approved", "published"]
    assert f"{'':31}intro: “A wet week. Read on.”\n" in out


def test_json_holds_the_changes_among_the_events(week: Path, told: Asked):
    events: Any = told("history", WEEK, "--config", f"{week}/feeds.yaml")["events"]

    assert [one["kind"] for one in events] == [
        "built",
        "edited",
        "edited",
        "edited",
        "approved",
        "published",
    ]
    ole = events[2]
    assert (ole["issue"], ole["by"], ole["until"]) == (WEEK, "Ole", "2026-11-20T13:05:00Z")
    assert [(one["number"], one["kind"], one["taken_back"]) for one in ole["edits"]] == [
        (3, "drop", False),
        (4, "pin", False),
    ]


def test_of_many_changes_the_first_are_named_and_all_of_them_on_demand(
    tmp_path: Path, request: pytest.FixtureRequest, capsys: Capture
):
    week = edited_in(tmp_path / "week", request)
    many = [("headline", words, f"The {words}") for words in ("mill", "court", "port", "ferry")]
    changed(week, 100, "Ole", *many, ("closing", "", "Bye."), ("note", "", "Last week we erred."))
    capsys.readouterr()

    ran(week, "history", WEEK)
    brief = capsys.readouterr().out
    ran(week, "history", WEEK, "-v")
    whole = capsys.readouterr().out

    assert "by Ole: 4 headlines, 1 closing, 1 note" in brief
    assert brief.endswith("and 1 more: -v names them\n")
    assert "more" not in whole
    assert len(whole.splitlines()) == len(brief.splitlines())


def test_without_a_week_it_names_the_one_whose_builds_and_edits_can_be_asked_for(
    tmp_path: Path, request: pytest.FixtureRequest, capsys: Capture
):
    folder = edited_in(tmp_path / "week", request)
    capsys.readouterr()

    assert ran(folder, "history") == 0

    assert f"of builds and edits: newsletter history {WEEK}" in capsys.readouterr().err
