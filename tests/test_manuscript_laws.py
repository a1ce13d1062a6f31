"""What holds of every manuscript, however an editor rewrites it."""

from collections.abc import Mapping
from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st
from manuscripts import SECTIONS, Desk, base
from manuscripts_meanwhile import gone, merged, split

from newsletter.errors import WishError
from newsletter.issue.manuscript import read, restamped, stamp, write
from newsletter.issue.manuscript_moves import moves
from newsletter.model import Opened, Wish

STORIES = [f"tale{number}" for number in range(7)]
WORDS = st.sampled_from(
    ["Rain fell.", "# No heading", "<!-- no comment", "Snow {#tale1}", "  Harn: 11 days?", "- 雨"]
)
MARKDOWN = st.lists(st.sampled_from(["", "*A*", "## B", "<!-- C -->", "  - d", "E  "]), max_size=4)


def _wish(kind: str, story: str, place: int, text: str) -> Wish:
    section = SECTIONS[place % 3]
    match kind:
        case "move":
            return Wish(kind="move", story=story, place=place)
        case "section":
            return Wish(kind="section", story=story, section=section, place=place)
        case "headline" | "summary":
            return Wish(kind=kind, story=story, text=text)
        case _:
            return Wish(kind=kind, story=story)


WISH = st.builds(
    _wish,
    st.sampled_from(["move", "section", "lead", "drop", "pin", "headline", "summary"]),
    st.sampled_from(STORIES),
    st.integers(1, 4),
    WORDS,
)


@st.composite
def desks(draw: st.DrawFn) -> Desk:
    """Return an issue that somebody has changed already."""
    desk = Desk(base())
    for wish in draw(st.lists(WISH, max_size=5)):
        desk = desk.changed([wish])
    return desk


@st.composite
def saved(draw: st.DrawFn, opened: Opened) -> str:
    """Return a manuscript with the stories of *opened* in any place and order, some rewritten."""
    stories = {
        one.id: one for one in (*opened.issue.stories, *(c.story for c in opened.candidates))
    }
    ids = draw(st.permutations(list(stories)))
    where = {id_: draw(st.sampled_from([*SECTIONS, *SECTIONS, "Not in the issue"])) for id_ in ids}
    names = list(SECTIONS)
    filled = [name for name in names if name in where.values()]
    if filled and draw(st.booleans()):
        ahead = draw(st.sampled_from(filled))
        names = [ahead, *(name for name in names if name != ahead)]
    lines = ["# Intro", *(f" {line}" if line[:1] in "#<" else line for line in draw(MARKDOWN))]
    for name in [*names, "Not in the issue"]:
        lines += ["", f"# {name}"]
        for id_ in (one for one in ids if where[one] == name):
            is_new = name != "Not in the issue" and draw(st.booleans())
            headline = "Rewritten" if is_new else " ".join(stories[id_].headline.split())
            lines += ["", f"## {headline} {{#{id_}}}"]
            texts = ["Said anew.", "And more."] if is_new else _texts(stories[id_])
            lines += [] if name == "Not in the issue" else texts
    return "\n".join(lines)


def _texts(story) -> list[str]:
    return [f" {sentence.text}" for sentence in story.summary]


@st.composite
def theirs(draw: st.DrawFn, desk: Desk) -> Desk:
    """Return *desk* after others had their hands on it."""
    for _ in range(draw(st.integers(1, 4))):
        one, other = draw(st.sampled_from(STORIES)), draw(st.sampled_from(STORIES))
        match draw(st.sampled_from(["merge", "split", "gone", "wish", "wish"])):
            case "merge":
                desk = merged(desk, one, other)
            case "split":
                desk = split(desk, one)
            case "gone":
                desk = gone(desk, one)
            case _:
                with suppress(WishError):  # it may be of one that is gone
                    desk = desk.changed([draw(WISH)], by="Bob")
    return desk


@given(desks())
def test_written_and_read_is_no_wish(desk: Desk):
    assert read(write(desk.opened), desk.opened) == ()


@given(st.data())
def test_what_is_saved_is_what_the_issue_becomes(data: st.DataObject):
    desk = data.draw(desks())
    text = data.draw(saved(desk.opened))

    after = desk.changed(read(text, desk.opened))

    assert read(text, after.opened) == ()


@given(st.data())
def test_whatever_lines_are_lost_no_story_goes_whose_text_is_still_there(data: st.DataObject):
    desk = data.draw(desks())
    lines = write(desk.opened).split("\n")
    lost = data.draw(st.sets(st.integers(0, len(lines) - 1), max_size=9))
    rest = [line for number, line in enumerate(lines) if number not in lost]

    try:
        wishes = read("\n".join(rest), desk.opened)
    except WishError:
        return

    stories = {one.id: one for one in desk.opened.issue.stories}
    gone = [stories[str(one.story)] for one in wishes if one.kind == "drop"]
    assert not {text for one in gone for text in _texts(one)} & {f" {line}" for line in rest}
    assert not [one for one in wishes if one.kind in {"move", "section", "headline"}]


@given(st.data())
def test_words_that_nobody_touched_are_not_touched(data: st.DataObject):
    desk = data.draw(desks())
    text = data.draw(saved(desk.opened))

    wishes = read(text, desk.opened)

    stories = {one.id: one for one in desk.opened.issue.stories}
    rewritten = {one.story for one in wishes if one.kind in {"headline", "summary"}}
    assert all(f"Rewritten {{#{id_}}}" in text for id_ in rewritten & stories.keys())


@given(st.data())
def test_whatever_others_do_meanwhile_what_she_left_alone_is_no_wish(data: st.DataObject):
    desk = data.draw(desks())
    written = write(desk.opened)

    now = data.draw(theirs(desk)).opened

    assert read(written, now, written=written) == ()


@given(st.data())
def test_whatever_others_do_meanwhile_what_she_changed_is_all_that_she_wishes(data: st.DataObject):
    desk = data.draw(desks())
    written = write(desk.opened)
    now = data.draw(theirs(desk)).opened
    lines = written.split("\n")

    for id_ in _whole(desk.opened, now):
        heading = f"## Rewritten {{#{id_}}}"
        text = "\n".join(heading if _marks(line, id_) else line for line in lines)
        wish = Wish(kind="headline", story=id_, text="Rewritten")
        assert read(text, now, written=written) == (wish,)


@given(st.data())
def test_whatever_others_do_meanwhile_what_she_deletes_is_all_that_goes(data: st.DataObject):
    desk = data.draw(desks())
    written = write(desk.opened)
    now = data.draw(theirs(desk)).opened
    was_led = any(one.edit.kind == "lead" for one in desk.opened.effects)
    blocks = written.split("\n\n")

    for id_ in () if was_led else _whole(desk.opened, now):  # who leads would be decided anew
        rest = [one for one in blocks if not _marks(one.split("\n")[0], id_)]
        assert read("\n\n".join(rest), now, written=written) == (Wish(kind="drop", story=id_),)


def _whole(opened: Opened, now: Opened) -> list[str]:
    """Return the stories that were printed, and are still, with nothing of another in them."""
    known = {one.id for one in (*opened.issue.stories, *(c.story for c in opened.candidates))}
    printed = {one.id for one in opened.issue.stories}
    return [
        story.id
        for story in now.issue.stories
        if story.id in printed and known & {one.id for one in story.articles} == {story.id}
    ]


def _marks(line: str, id_: str) -> bool:
    return line.startswith("## ") and line.endswith(f"{{#{id_}}}")


@given(st.data())
def test_whatever_others_do_meanwhile_what_she_saves_can_be_done_or_is_told(data: st.DataObject):
    desk = data.draw(desks())
    written = write(desk.opened)
    now = data.draw(theirs(desk))
    text = data.draw(saved(desk.opened))

    try:
        wishes = read(text, now.opened, written=written)
    except WishError:
        return

    after = now.changed(wishes)
    known = {one.id for one in desk.opened.issue.stories}
    dropped = {one.story for one in wishes if one.kind == "drop"}
    assert dropped <= known
    assert not dropped & {one.id for one in after.opened.issue.stories}


ORDER = st.permutations(range(6)).flatmap(
    lambda ids: st.integers(0, 6).map(lambda cut: {"A": ids[:cut], "B": ids[cut:]})
)


@given(ORDER, ORDER)
def test_moves_lead_from_any_order_to_any_other(
    before: Mapping[str, list[int]], after: Mapping[str, list[int]]
):
    before = {name: [str(one) for one in ids] for name, ids in before.items()}
    after = {name: [str(one) for one in ids] for name, ids in after.items()}
    state = {name: list(ids) for name, ids in before.items()}

    for move in moves(before, before, after):
        for ids in state.values():
            if move.story in ids:
                ids.remove(move.story)
        state[move.section].insert(move.place - 1, move.story)

    assert state == after


@given(desks(), st.integers(0, 10**6))
def test_the_stamp_says_of_which_edits_a_manuscript_is(desk: Desk, version: int):
    text = write(desk.opened)

    again = stamp(restamped(text, version))

    assert again is not None
    assert (again.week, again.version) == (desk.opened.issue.id, version)
    assert stamp(text).digest == again.digest
