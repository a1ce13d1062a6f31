"""What a person changed in issue.json, as wishes, so that it is kept as any other edit."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from newsletter.errors import IssueError, WishError
from newsletter.issue import typed
from newsletter.issue.changed import hand_changed
from newsletter.issue.dump import as_json, dump
from newsletter.issue.load import load
from newsletter.issue.manuscript_form import one_line, section_names
from newsletter.issue.manuscript_placing import rearranged
from newsletter.issue.naming import called
from newsletter.issue.others_hand import with_others_hand
from newsletter.issue.places import Path, places
from newsletter.issue.rewording import lead_of
from newsletter.issue.seal import SEAL, seal_of, sealed
from newsletter.model import Issue, Opened, PrintedArticle, PrintedStory, Section, Wish


def wishes_of(
    text: str | bytes, built: Issue, opened: Opened, *, name: str = "issue.json"
) -> tuple[Wish, ...]:
    """Return what *text*, a hand-changed issue.json, wishes: one after another they give it.

    *built* is the issue as it was built, *opened* the same as it lies before its editor, with the
    stories that are left out of it: those may come in. *name* is what errors call the file.
    One that another run wrote (its seal fits) wishes what was done by hand in there.

    Raises:
        WishError: it is no issue, another one, taken from another build; or something was changed
            that no edit can, or a text is none that can be printed: all such faults, one a line.
    """
    try:
        now = written = load(text, name)
    except IssueError as error:
        raise WishError(str(error)) from error
    outside = {one.story.id: one.story for one in opened.candidates}
    if _see_whose_it_is(text, now, built, name) == "other":
        now = with_others_hand(now, built, outside, opened.effects)
    sections = section_names(opened)
    known = {one.id: one for one in built.stories} | outside
    before, after = _order(built), _order(now)
    order = rearranged(before, after, opened)
    reworded = (wish for one in now.stories for wish in _rewritten(one, known.get(one.id, one)))
    wishes = (*order.wishes, *reworded, *_texts(now, built))
    faults = [
        *(
            f"there is no section “{name}”; sections: {', '.join(sections)}"
            for name in after
            if name not in sections
        ),
        *([order.fault] if order.fault else ()),
        *(f"{part}: no edit can change this; put it back" for part in _others(now, built, outside)),
    ]
    told = [f"{name}: {fault}" for fault in faults]
    refused = sorted(_refused(wishes, _decoded(text), written, known))
    told += (f"{name}:{line}: {fault}" for line, fault in refused)
    if told:
        raise WishError("\n".join(told))
    return wishes


def _see_whose_it_is(
    text: str | bytes, now: Issue, built: Issue, name: str
) -> Literal["hers", "other"]:
    """Return whether a person changed *built* there, or another run of the program wrote it so.

    Raises:
        WishError: it is of another week; or a person changed another state, and what is not there
            was not left out by her.
    """
    if now.id != built.id:
        raise WishError(
            f"{name}: is {now.id}, not {built.id}; name its week: newsletter edit {now.id}"
        )
    seal = json.loads(_decoded(text)).get(SEAL)
    if seal is None or seal == seal_of(as_json(built)):
        return "hers"
    if not sealed(_decoded(text)):
        raise WishError(
            f"{name}: was taken from another state of {built.id} than the present one, which was"
            " built or edited since; make your changes in the present issue.json"
        )
    return "other"


def _decoded(text: str | bytes) -> str:
    return (text.decode("utf-8") if isinstance(text, bytes) else text).removeprefix("\ufeff")


def _order(issue: Issue) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for section in issue.sections:
        if section.stories:
            found.setdefault(section.name, []).extend(story.id for story in section.stories)
    return found


def _others(now: Issue, built: Issue, outside: Mapping[str, PrintedStory]) -> tuple[str, ...]:
    """Return in words what *now* has otherwise than *built* that no edit can change.

    Those of *outside* that came in are compared with what they were there.
    """
    there = {story.id: story for story in now.stories}
    inside = {story.id for story in built.stories}
    coming = [story for id_, story in outside.items() if id_ in there and id_ not in inside]
    strange = [one for id_, one in there.items() if id_ not in inside and id_ not in outside]
    known = _with(built.sections, coming)
    alike = tuple(
        replace(
            section,
            stories=tuple(_as_it_was(there.get(one.id, one), one) for one in section.stories),
        )
        for section in known
    )
    rest = replace(
        now,
        sections=_with(alike, strange),
        intro=built.intro,
        closing=built.closing,
        note=built.note,
        sponsor=built.sponsor,
    )
    return hand_changed(dump(rest), dump(replace(built, sections=known)))


def _with(sections: tuple[Section, ...], stories: list[PrintedStory]) -> tuple[Section, ...]:
    """Return *sections* with *stories* behind all others."""
    *others, last = sections or (Section(name="", stories=()),)
    return (*others, replace(last, stories=(*last.stories, *stories))) if stories else sections


def _as_it_was(story: PrintedStory, known: PrintedStory) -> PrintedStory:
    """Return *story* with what edits can change in it as it is in *known*."""
    if _picture(story) != _picture(known):
        pictured = {article.id: article for article in known.articles}
        articles = (_pictured(one, pictured.get(one.id, one)) for one in story.articles)
        story = replace(story, articles=tuple(articles))
    if _summary(story) != _summary(known):
        story = replace(story, summary=known.summary)
    return replace(story, headline=known.headline)


def _pictured(article: PrintedArticle, like: PrintedArticle) -> PrintedArticle:
    return replace(
        article,
        image=like.image,
        image_width=like.image_width,
        image_height=like.image_height,
    )


def _rewritten(story: PrintedStory, known: PrintedStory) -> Iterator[Wish]:
    if story.headline != known.headline:
        yield Wish(kind="headline", story=story.id, text=story.headline)
    if _summary(story) != _summary(known):
        yield Wish(kind="summary", story=story.id, text=_summary(story))
    if _picture(story) != _picture(known):
        yield Wish(kind="picture", story=story.id, text=_picture(story))


def _texts(now: Issue, built: Issue) -> Iterator[Wish]:
    if now.intro != built.intro:
        yield Wish(kind="intro", text=now.intro)
    if now.note != built.note:
        yield Wish(kind="note", text=now.note)
    if now.closing != built.closing:
        yield Wish(kind="closing", text=now.closing)
    if now.sponsor != built.sponsor:
        yield Wish(kind="sponsor", sponsor=now.sponsor)


def _refused(
    wishes: Sequence[Wish], text: str, written: Issue, known: Mapping[str, PrintedStory]
) -> Iterator[tuple[int, str]]:
    """Yield the line in *text*, which is that of *written*, and what is amiss for each bad wish."""
    faults = [(wish, fault) for wish in wishes if (fault := typed.fault(wish))]
    if not faults:
        return
    lines = places(text)
    paths: dict[str | None, Path] = {
        story.id: ("sections", at, "stories", number)
        for at, section in enumerate(written.sections)
        for number, story in enumerate(section.stories)
    }
    for wish, fault in faults:
        story = known.get(wish.story or "")
        name = f"{called(story)}: " if story else ""
        yield lines.line_of((*paths.get(wish.story, ()), wish.kind)), f"{name}{fault}"


def _summary(story: PrintedStory) -> str:
    return one_line(" ".join(sentence.text for sentence in story.summary))


def _picture(story: PrintedStory) -> str:
    """Return the URL of the picture that a story would show, "" if none."""
    lead = lead_of(story)
    found = (one.image for one in (lead, *story.articles) if one.image)
    return next(found, "")
