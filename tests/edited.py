"""Issues as they were composed and what editors do to them: samples, and strategies for laws."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from hypothesis import strategies as st
from issues import article, issue

from newsletter.issue.editing import apply, version
from newsletter.issue.wishes import resolve
from newsletter.model import (
    Base,
    Candidate,
    Edit,
    Edited,
    EditKind,
    Offered,
    PrintedStory,
    Section,
    Sentence,
    Sponsor,
    Wish,
)

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
SECTIONS = ("Technology", "Energy", "Science")
REASON = "the issue was full (issue.stories is 12)"

pin = partial(Wish, kind="pin")
drop = partial(Wish, kind="drop")
move = partial(Wish, kind="move")
section = partial(Wish, kind="section")
lead = partial(Wish, kind="lead")
headline = partial(Wish, kind="headline")
summary = partial(Wish, kind="summary")
picture = partial(Wish, kind="picture")
merge = partial(Wish, kind="merge")
split = partial(Wish, kind="split")


def told(id_: str, *others: str, **changes: Any) -> PrintedStory:
    """Return a story of the article *id_*, which leads it and names it, and of *others*."""
    ids = (id_, *others)
    fields: dict[str, Any] = {
        "id": id_,
        "headline": f"Headline of {id_}",
        "summary": tuple(Sentence(text=f"The {one} tells it.", article_id=one) for one in ids[:2]),
        "articles": tuple(
            article(sum(map(ord, one)), id=one, title=f"Title of {one}", lead=one == id_)
            for one in ids
        ),
        "why": (),
        "score": 1.0,
        "reasons": (),
    }
    return PrintedStory(**fields | changes)


def ranked(*ids: str) -> tuple[PrintedStory, ...]:
    """Return stories of one article each, the first ranking highest."""
    return tuple(told(id_, score=100.0 - place) for place, id_ in enumerate(ids))


def base(
    sections: Mapping[str, Sequence[PrintedStory]] | None = None,
    spare: Mapping[str, Sequence[PrintedStory]] | None = None,
    **changes: Any,
) -> Base:
    """Return an issue of stories by section, beside it those to *spare*, as candidates."""
    given = {"Technology": ranked("a", "b", "c"), "Energy": ranked("d", "e")}
    stories = given if sections is None else sections
    names = tuple(dict.fromkeys((*SECTIONS, *stories)))
    printed = tuple(
        Section(name=name, stories=tuple(stories[name])) for name in names if stories.get(name)
    )
    return Base(
        issue=issue(sections=printed, **changes),
        sections=names,
        candidates=tuple(
            Candidate(story=story, section=name, reason=REASON)
            for name, others in (spare or {}).items()
            for story in others
        ),
    )


def made(
    of: Base,
    *wishes: Wish,
    edits: Sequence[Edit] = (),
    by: str = "Ada",
    offered: Sequence[Offered] = (),
) -> tuple[Edit, ...]:
    """Return *edits* and what *wishes* make after them, one after the other, as the store has them.

    Each is a minute after the one before, and has the next number and version.
    """
    edits = tuple(edits)
    for wish in wishes:
        at = AT + timedelta(minutes=version(edits))
        edit = resolve(wish, apply(of, edits), of, at=at, by=by, offered=offered)
        edits = (*edits, replace(edit, number=len(edits) + 1, changed=version(edits) + 1))
    return edits


def edited(of: Base, *wishes: Wish, **more: Any) -> Edited:
    """Return what comes of *wishes*, asked one after the other."""
    return apply(of, made(of, *wishes, **more))


def reverted(edits: Sequence[Edit], *numbers: int) -> tuple[Edit, ...]:
    """Return *edits* with those of *numbers* taken back, as a new version."""
    now = version(edits) + 1
    at = AT + timedelta(minutes=now)
    return tuple(
        replace(one, reverted_at=at, reverted_by="Ada", changed=now)
        if one.number in numbers
        else one
        for one in edits
    )


def order(of: Edited) -> dict[str, list[str]]:
    """Return the ids of the stories of each section, in printed order."""
    return {part.name: [story.id for story in part.stories] for part in of.issue.sections}


_WORDS = ("Rain", "Größe 雨", "<b>{{7*7}}</b> &amp;", "*|MERGE|* said", "x" * 90)
_PROSE = ("", "A *word* first.\n\n- one\n- two", "<script>alert(1)</script>", "雨")
_SPONSORS = (None, Sponsor(name="Quay", text="**Buy**", url="https://quay.example/"))
_SENTENCES = ("Nobody was hurt.", "The mayor said so herself.")
_KINDS: tuple[EditKind, ...] = (
    "pin", "drop", "drop", "move", "move", "move", "section", "lead", "headline", "headline",
    "summary", "picture", "intro", "closing", "note", "sponsor", "merge", "split",
)  # fmt: skip
_REVERT = "revert"

# Drawn as numbers that are read against what there is: to build strategies anew for each wish takes
# a hundred times as long.
_NUMBERS = st.integers(0, 59)
_DRAWN = st.tuples(st.sampled_from(_KINDS), _NUMBERS, _NUMBERS, _NUMBERS)
_DRAWN_OR_REVERT = _DRAWN | st.tuples(st.just(_REVERT), _NUMBERS, _NUMBERS, _NUMBERS)
_ARTICLES = st.lists(
    st.tuples(st.sampled_from("abcdefghij"), st.integers(0, 7), _NUMBERS),
    unique_by=lambda one: one[0],
    min_size=4,
)


def bases() -> st.SearchStrategy[Base]:
    """Return builds of four to ten articles, told in whatever stories, all of one window.

    Two of them are what two builds of one week may be: with new members, joined and split stories,
    others chosen, some gone.
    """
    return _ARTICLES.map(_base)


def _base(drawn: Sequence[tuple[str, int, int]]) -> Base:
    groups: dict[int, list[tuple[str, int]]] = {}
    for id_, group, number in sorted(drawn):
        groups.setdefault(group, []).append((id_, number))
    placed: dict[str, list[PrintedStory]] = {name: [] for name in SECTIONS}
    spare: dict[str, list[PrintedStory]] = {name: [] for name in SECTIONS}
    for found in groups.values():
        number = found[0][1]
        story = told(*(id_ for id_, _ in found), score=number % 4 / 2)
        if number % 2:
            pictured = tuple(
                replace(one, image=f"https://{one.id}.example/1.jpg") for one in story.articles
            )
            story = replace(story, articles=pictured)
        (spare if number % 5 == 0 else placed)[SECTIONS[number % 3]].append(story)
    for stories in (*placed.values(), *spare.values()):
        stories.sort(key=lambda story: (-story.score, story.id))
    return base(placed, spare)


def wishes(*kinds: EditKind) -> st.SearchStrategy[Callable[[Edited], Wish]]:
    """Return what an editor may wish, told when she sees the issue; of *kinds* alone if given."""
    drawn = _DRAWN.filter(lambda one: one[0] in kinds) if kinds else _DRAWN
    return drawn.map(lambda one: partial(_wish, one))


def _wish(drawn: tuple[EditKind, int, int, int], of: Edited) -> Wish:
    kind, first, second, third = drawn
    stories = [*of.issue.stories, *(one.story for one in of.candidates)]
    story = stories[first % len(stories)]
    ids = [one.id for one in story.articles]
    others = [one.id for one in stories if one.id != story.id]
    match kind:
        case "move":
            name = (*SECTIONS, "", "", "")[third % 6]
            return move(story=story.id, place=second % 5 + 1, section=name)
        case "section":
            return section(story=story.id, section=SECTIONS[third % 3])
        case "headline":
            return headline(story=story.id, text=_WORDS[second % len(_WORDS)])
        case "summary":
            texts = [*(one.text for one in story.summary), *_SENTENCES, *_SENTENCES]
            return summary(story=story.id, text=" ".join(texts[second % 3 : third % 5]))
        case "picture":
            images = ["", *(one.image for one in story.articles if one.image)]
            return picture(story=story.id, text=images[second % len(images)])
        case "intro" | "closing" | "note":
            return Wish(kind=kind, text=_PROSE[second % len(_PROSE)])
        case "sponsor":
            return Wish(kind=kind, sponsor=_SPONSORS[second % 2])
        case "merge" if others:
            return merge(story=story.id, ids=(others[second % len(others)],))
        case "split" if len(ids) > 1:
            return split(story=story.id, ids=(ids[second % len(ids)],))
        case "merge" | "split":
            return pin(story=story.id)
        case _:
            return Wish(kind=kind, story=story.id)


def histories(most: int = 8) -> st.SearchStrategy[tuple[Base, tuple[Edit, ...]]]:
    """Return a build and what editors did to it, in whatever order, some of it taken back."""
    few = st.lists(_DRAWN_OR_REVERT, min_size=1, max_size=3)
    many = st.lists(_DRAWN_OR_REVERT, min_size=most - 2, max_size=most)
    return st.tuples(bases(), few | many).map(_history)


def _history(drawn: tuple[Base, Sequence[Any]]) -> tuple[Base, tuple[Edit, ...]]:
    of, steps = drawn
    edits: tuple[Edit, ...] = ()
    for step in steps:
        standing = [one.number for one in edits if one.reverted_at is None]
        if step[0] != _REVERT:
            edits = made(of, _wish(step, apply(of, edits)), edits=edits)
        elif standing:
            edits = reverted(edits, standing[step[1] % len(standing)])
    return of, edits
