"""Makes edits of an editor's wishes, or says why one cannot be had."""

import difflib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain
from typing import Any

from newsletter.errors import WishError
from newsletter.issue import typed
from newsletter.issue.editing import sections_of
from newsletter.issue.finding import Stories, section_of, stories_in
from newsletter.issue.naming import called, name_of, thing, told
from newsletter.issue.nearest import nearest
from newsletter.issue.rewording import has_picture, sources_of
from newsletter.issue.slots import KEEPS, OF_PLACES, OF_THE_ISSUE, Slot, slot
from newsletter.model import (
    Base,
    Clash,
    Edit,
    Edited,
    EditKind,
    Effect,
    Offered,
    PrintedStory,
    Wish,
)
from newsletter.text.markup import one_line

__all__ = ["clashes", "resolve", "see_that_they_agree", "told"]

_NEAREST = 3
_NAMED = 8  # of anything, in one message


def resolve(
    wish: Wish,
    edited: Edited,
    base: Base,
    *,
    at: datetime,
    by: str,
    cause: str = "",
    offered: Sequence[Offered] = (),
) -> Edit:
    """Return the edit that *wish* makes, asked of *edited*, which is *base* with all edits so far.

    Its `story` is the id of the story that the wish names, `articles` are those of that story, of a
    merge those of all its stories, in their order, and `name` says how these are called. A move
    into another section becomes a `section`. `ids` of a summary are the articles of its sentences,
    "" where they are the editor's own words: known are those of the story and what is *offered*.

    Raises:
        WishError: it names what is not there, or says what cannot be; names what there is.
    """
    made: dict[str, Any] = {"at": at, "by": by, "cause": one_line(cause)}
    if wish.kind in OF_THE_ISSUE:
        return _of_the_issue(wish, made)
    stories = stories_in(edited)
    story = _named(wish.story, stories, edited)
    articles = tuple(article.id for article in story.articles)
    made |= {"story": story.id, "name": name_of(story), "articles": articles}
    match wish.kind:
        case "headline":
            return Edit(kind="headline", text=typed.headline(wish.text), **made)
        case "summary":
            return _summary(wish, story, base, offered, made)
        case "picture":
            return Edit(kind="picture", text=_picture(wish.text, story, base), **made)
        case "move" | "section":
            return _placed(wish, story, edited, base, made)
        case "merge":
            return _merge(wish, story, stories, edited, made)
        case "split":
            return Edit(kind="split", ids=_leaving(wish, story), **made)
        case kind:
            return Edit(kind=kind, **made)


def clashes(wish: Wish, edited: Edited, seen: int, by: str = "") -> tuple[Clash, ...]:
    """Return what was changed after version *seen* of the same thing that *wish* of *by* is of.

    Work on a story clashes with its being dropped, a drop with what another did on the story.
    """
    stories = stories_in(edited)
    named = {story.id for id_ in (wish.story, *_others(wish)) if (story := stories.named(id_))}
    is_of_no_story = wish.kind in OF_THE_ISSUE or wish.kind == "lead"
    mine = {_grasp(wish, one) for one in ([None] if is_of_no_story else named)}
    return tuple(
        Clash(edit=effect.edit, what=thing(effect.edit, edited))
        for effect in edited.effects
        if effect.edit.changed > seen
        and (
            _grasp(effect.edit, effect.story) in mine
            or (effect.story in named and _is_against(wish, effect, by))
        )
    )


def see_that_they_agree(wishes: Sequence[Wish], edited: Edited, *, in_order: bool = False) -> None:
    """See that *wishes*, asked for at once, can all be had.

    Those that were asked for *in_order* may move a story again. Two texts of the same, two stories
    that lead, or a story that is dropped and worked on, contradict each other in any order.

    Raises:
        WishError: two of them want different things of the same.
    """
    stories = stories_in(edited)
    said: dict[Slot, Wish] = {}
    dropped: dict[str, None] = {}
    kept: dict[str, Wish] = {}
    for wish in wishes:
        story = stories.named(wish.story)
        id_ = story.id if story else wish.story or ""  # one that ranks too low is not at hand
        asked = replace(wish, story=id_ or None)
        is_in_turn = in_order and wish.kind in OF_PLACES
        other = asked if is_in_turn else said.setdefault(slot(asked), asked)
        if other != asked:
            what = other.kind if other.kind == wish.kind else f"{other.kind} and {wish.kind}"
            raise _contradiction(what, "" if wish.kind == "lead" else id_, stories)
        if id_ and wish.kind == "drop":
            dropped[id_] = None
        elif id_ and wish.kind in KEEPS:
            kept.setdefault(id_, wish)
    for id_ in dropped:
        if id_ in kept:
            raise _contradiction(f"drop and {kept[id_].kind}", id_, stories)


def _contradiction(what: str, id_: str, stories: Stories) -> WishError:
    story = stories.named(id_)
    name = called(story) if story else f"story {id_}"
    of = f" of {name}" if id_ else ""
    return WishError(f"two wishes contradict each other: {what}{of}; ask for one of them")


def _others(wish: Wish) -> tuple[str, ...]:
    return wish.ids if wish.kind == "merge" else ()


def _is_against(wish: Wish, effect: Effect, by: str) -> bool:
    """Return whether *wish* of *by* takes out a story that *effect* keeps in, or the reverse."""
    if effect.state in {"reverted", "overruled"}:
        return False
    edit = effect.edit
    if wish.kind == "drop":
        return edit.kind in KEEPS and edit.by != by
    return wish.kind in KEEPS and edit.kind == "drop"


def _grasp(of: Edit | Wish, story: str | None) -> Slot:
    """Return the slot in which others clash: merges and splits do with all of the same story."""
    if of.kind in {"merge", "split"}:
        return ("clustering", story or "")
    return slot(of, story)


def _named(id_: str | None, stories: Stories, edited: Edited) -> PrintedStory:
    story = stories.named(id_)
    if story is not None:
        return story
    if not id_:
        raise WishError("no story is named; name one by its id (newsletter stories list)")
    known = {one.id: one for one in stories.by_id.values()}
    by_words = {one.headline.casefold(): one for one in known.values() if one.headline}
    asked = id_[:100].casefold()
    near = difflib.get_close_matches(asked, [*by_words, *known], n=_NEAREST, cutoff=0.3)
    found = dict.fromkeys((by_words.get(word) or known[word]).id for word in near)
    hint = ", ".join(f"{one} ({called(known[one])})" for one in found)
    raise WishError(
        f"{edited.issue.id} has no story {id_[:40]!r}; "
        + (f"the nearest are {hint}" if hint else "newsletter stories list shows all")
    )


def _of_the_issue(wish: Wish, made: dict[str, Any]) -> Edit:
    if wish.kind == "sponsor":
        return Edit(kind=wish.kind, sponsor=typed.sponsor(wish.sponsor), **made)
    return Edit(kind=wish.kind, text=typed.prose(wish.text, f"the {wish.kind}"), **made)


def _summary(
    wish: Wish, story: PrintedStory, base: Base, offered: Sequence[Offered], made: dict[str, Any]
) -> Edit:
    text = typed.summary(wish.text)
    composed = stories_in(base).named(story.id) or story
    return Edit(kind="summary", text=text, ids=sources_of(text, story, composed, offered), **made)


def _section(name: str, base: Base) -> str:
    there = sections_of(base)
    if name in there:
        return name
    alike = [one for one in there if one.casefold().split() == name.casefold().split()]
    if len(alike) == 1:
        return alike[0]
    near = nearest(name, there)
    hint = f"did you mean “{near}”? " if near else ""
    raise WishError(f"there is no section {name[:60]!r}; {hint}sections: {', '.join(there)}")


def _placed(
    wish: Wish, story: PrintedStory, edited: Edited, base: Base, made: dict[str, Any]
) -> Edit:
    own = section_of(edited, story.id) or ""
    section = _section(wish.section, base) if wish.section else own
    if wish.kind == "section" and not wish.section:
        raise WishError(
            f"no section is named for {called(story)}; sections: {', '.join(sections_of(base))}"
        )
    if wish.place is not None and wish.place < 1:
        raise WishError(f"{wish.place} is no place for {called(story)}; places count from 1")
    there = [
        one.id
        for part in edited.issue.sections
        if part.name == section
        for one in part.stories
        if one.id != story.id
    ]
    before = _how_many_before(wish, there, edited)
    if before is None:
        if section == own and wish.kind == "move":
            raise WishError(f"no place is named for {called(story)}; places count from 1")
        return Edit(kind="section", section=section, **made)
    there.insert(before, story.id)
    kind: EditKind = "move" if wish.kind == "move" and section == own else "section"
    return Edit(kind=kind, section=section, order=tuple(there), **made)


def _how_many_before(wish: Wish, there: Sequence[str], edited: Edited) -> int | None:
    """Return how many of *there* its story is to follow, None where that is left to its rank."""
    if wish.behind == "":
        return 0
    if wish.behind and (story := stories_in(edited).named(wish.behind)) and story.id in there:
        return there.index(story.id) + 1
    return None if wish.place is None else wish.place - 1


def _picture(url: str, story: PrintedStory, base: Base) -> str:
    url = url.strip()
    composed = stories_in(base).named(story.id) or story
    if has_picture(composed, url):
        return url
    there = list(dict.fromkeys(one.image for one in composed.articles if one.image))
    named = ", ".join(there[:_NAMED]) if there else "it has none"
    raise WishError(
        f"no article of {called(story)} has the picture {url[:100]!r}; its pictures: {named}"
    )


def _merge(
    wish: Wish, story: PrintedStory, stories: Stories, edited: Edited, made: dict[str, Any]
) -> Edit:
    others = {one.id: one for one in (_named(id_, stories, edited) for id_ in wish.ids)}
    others.pop(story.id, None)
    if not others:
        raise WishError(f"{called(story)} is one story already; name another to merge it with")
    articles = dict.fromkeys(
        article.id for article in chain(story.articles, *(one.articles for one in others.values()))
    )
    names = "\n".join(map(name_of, (story, *others.values())))
    return Edit(
        kind="merge", ids=tuple(others), **{**made, "name": names, "articles": tuple(articles)}
    )


def _leaving(wish: Wish, story: PrintedStory) -> tuple[str, ...]:
    own = {article.id: article for article in story.articles}
    strange = [id_ for id_ in wish.ids if id_ not in own]
    if strange or not wish.ids:
        named = [f"{id_} ({one.source})" for id_, one in own.items()]
        more = f" and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
        fault = f"has no article {strange[0][:40]!r}" if strange else "is split by naming articles"
        raise WishError(f"{called(story)} {fault}; its articles: {', '.join(named[:_NAMED])}{more}")
    leaving = tuple(id_ for id_ in own if id_ in wish.ids)
    if len(leaving) == len(own):
        raise WishError(
            f"{called(story)} would be left without an article; name those that are to leave it"
        )
    return leaving
