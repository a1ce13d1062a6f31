"""What editors changed, as it is kept on both engines: numbered, versioned, never taken out."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from engines import DAY, ENGINES, HOUR, NOW, article, event, issue, url_on

from newsletter.model import Edit, Sponsor, Status
from newsletter.store import Store, open_store
from newsletter.store.backup import backup, restore

WEEK = "2026-W47"


@pytest.fixture(params=ENGINES)
def url(request: pytest.FixtureRequest) -> str:
    return url_on(request.param, request)


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with open_store(url) as opened:
        yield opened


def edit(kind: Any = "headline", **fields: Any) -> Edit:
    return Edit(kind=kind, **{"at": NOW, "by": "Ida", "story": "aaaaaaaaaaaa", **fields})


WHOLE = edit(
    "sponsor",
    cause="they paid",
    articles=("aaaaaaaaaaaa", "bbbbbbbbbbbb"),
    text="Port “closed”\nuntil Friday",
    section="Harbour, rail & roads",
    order=("b", "a"),
    ids=("c", "with a space"),
    sponsor=Sponsor(name="Ånna's Inn", text="*Rooms*", url="https://inn.example", link_text="Stay"),
    reverted_at=NOW + HOUR,
    reverted_by="Ole",
)


def test_an_edit_comes_back_whole_with_its_number(store: Store):
    [kept] = store.add_edits(WEEK, [WHOLE])

    assert kept == replace(WHOLE, number=1, changed=1)
    assert store.edits(WEEK) == (kept,)


def test_edits_are_numbered_within_their_issue(store: Store):
    store.add_edits(WEEK, [edit(), edit("drop")])
    store.add_edits("2026-W48", [edit("pin")])
    store.add_edits(WEEK, [edit("intro", story=None)])

    assert [(one.number, one.kind) for one in store.edits(WEEK)] == [
        (1, "headline"),
        (2, "drop"),
        (3, "intro"),
    ]
    assert [one.number for one in store.edits("2026-W48")] == [1]


def test_each_change_makes_a_new_version_whatever_it_holds(store: Store):
    first, second = store.add_edits(WEEK, [edit(), edit("drop")])
    [third] = store.add_edits(WEEK, [edit("pin")])
    [changed] = store.change_edits(WEEK, [replace(first, text="Port shut")])
    [fourth] = store.add_edits(WEEK, [edit("lead")])

    assert [one.changed for one in (first, second, third, changed, fourth)] == [1, 1, 2, 3, 4]
    assert [one.changed for one in store.edits(WEEK)] == [3, 1, 2, 4]


def test_a_changed_edit_stands_in_place_of_the_one_with_its_number(store: Store):
    made = store.add_edits(WEEK, [edit(text="Port shut"), edit("drop"), edit("pin")])
    taken_back = [replace(one, reverted_at=NOW + HOUR, reverted_by="Ole") for one in made[:2]]

    changed = store.change_edits(WEEK, taken_back)

    assert [one.reverted_by for one in store.edits(WEEK)] == ["Ole", "Ole", ""]
    assert store.edits(WEEK)[:2] == changed


def test_an_edit_that_is_not_there_cannot_be_changed(store: Store):
    [kept] = store.add_edits(WEEK, [edit()])

    with pytest.raises(LookupError, match="2026-W47 has no edit 2"):
        store.change_edits(WEEK, [replace(kept, text="lost"), replace(kept, number=2)])

    assert store.edits(WEEK) == (kept,)


def test_nothing_added_or_changed_makes_no_version(store: Store):
    assert store.add_edits(WEEK, []) == store.change_edits(WEEK, []) == ()

    assert store.add_edits(WEEK, [edit()])[0].changed == 1


def test_what_no_database_takes_is_kept_with_marks_in_its_place(store: Store):
    [kept] = store.add_edits(
        WEEK, [edit(text="Port\x00shut\ud800", story="x\x00", ids=("\ud800",))]
    )

    assert (kept.text, kept.story, kept.ids) == ("Port\ufffdshut?", "x\ufffd", ("?",))
    assert store.edits(WEEK) == (kept,)


def test_a_transaction_that_fails_leaves_no_edit(store: Store):
    with suppress(LookupError), store.transaction() as joined:
        [kept] = joined.add_edits(WEEK, [edit()])
        joined.save_issue(replace(issue(47, status=Status.DRAFT), edits=1))
        joined.change_edits(WEEK, [replace(kept, number=2)])

    assert store.edits(WEEK) == ()
    assert store.built(WEEK) is None


def test_many_hands_at_once_lose_no_edit_and_share_no_number(url: str):
    def typed(hand: int) -> None:
        with open_store(url) as store:
            for count in range(10):
                store.add_edits(WEEK, [edit(by=f"{hand}", text=f"{count}")])

    with ThreadPoolExecutor(4) as hands:
        list(hands.map(typed, range(4)))

    with open_store(url) as store:
        kept = store.edits(WEEK)
    assert [one.number for one in kept] == [one.changed for one in kept] == [*range(1, 41)]
    assert len({(one.by, one.text) for one in kept}) == 40


def test_an_issue_comes_back_with_its_base_and_the_version_it_holds(store: Store):
    built = replace(issue(47, status=Status.DRAFT), base='{"issue": {}}', edits=3)

    store.save_issue(built)

    assert store.built(WEEK) == built


def test_edits_stay_when_their_issue_is_built_anew_or_adopted(store: Store):
    kept = store.add_edits(WEEK, [edit()])

    store.save_issue(issue(47, status=Status.DRAFT))
    store.save_issue(issue(47, status=Status.DRAFT))
    store.adopt(issue(47), [article("a")])

    assert store.edits(WEEK) == kept


def test_an_old_published_issue_lets_go_of_its_base_and_keeps_its_edits(store: Store):
    old = NOW - 60 * DAY
    for built in (issue(40, old), issue(41, old, Status.DRAFT), issue(47, NOW)):
        store.save_issue(replace(built, base="{}"))
    kept = store.add_edits("2026-W40", [edit()])

    store.prune(before=NOW - 28 * DAY, keep=())

    assert [store.built(f"2026-W{n}").base for n in (40, 41, 47)] == ["", "{}", "{}"]  # type: ignore[union-attr]
    assert store.edits("2026-W40") == kept


def test_edits_are_dumped_without_the_versions_in_which_they_came(store: Store):
    kept = store.add_edits(WEEK, [WHOLE])
    store.save_issue(replace(issue(47), edits=1))
    first = store.dump()

    store.change_edits(WEEK, kept)
    store.save_issue(replace(issue(47), edits=2))

    assert store.dump() == first == json.loads(json.dumps(first))
    [row] = first["edits"]  # type: ignore[misc]
    assert (row["by"], row["ids"]) == ("Ida", ["c", "with a space"])  # type: ignore[has-type]


def test_edits_are_in_a_backup_and_put_back_from_it(url: str, tmp_path: Path):
    file = tmp_path / "saved.db"
    with open_store(url) as store:
        store.save_issue(replace(issue(47), base="{}", edits=1))
        kept = store.add_edits(WEEK, [WHOLE, edit()])

    backup(url, file)
    with open_store(url) as store:
        store.change_edits(WEEK, [replace(kept[0], text="later")])
        store.add_edits(WEEK, [edit("pin")])
        store.note(event("held"))
    restore(url, file, force=True)

    with open_store(url) as store:
        assert store.edits(WEEK) == kept
        assert store.built(WEEK) == replace(issue(47), base="{}", edits=1)
