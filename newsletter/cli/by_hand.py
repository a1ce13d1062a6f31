"""What `newsletter why` says of an editor's hand in a story: which parts, by whom and when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newsletter.cli.hands import candidates_of, edited_of, effect_json, effects_on
from newsletter.cli.instants import as_local
from newsletter.cli.summaries import Line, short
from newsletter.issue.naming import told, told_as_it_stands
from newsletter.model import Built, Edit, Edited, EditKind, Effect, PrintedStory

# What an edit decides of a story, as `PrintedStory.by_hand` names it.
_PARTS: dict[EditKind, str] = {"move": "place", "drop": "left out"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """An editor's hand in one story: its edits, and the story as it is printed, None if it is not.

    `reason` says why it is not, where an editor decided so; of one that was brought in, what spoke
    against it. `edited` is the issue, None where nothing was changed in it.
    """

    effects: tuple[Effect, ...] = ()
    story: PrintedStory | None = None
    reason: str | None = None
    edited: Edited | None = None


def hand_in(story_id: str, article_ids: Sequence[str], built: Built, edits: Sequence[Edit]) -> Hand:
    """Return what editors decided on the story of that id and these articles.

    Raises:
        IssueError: there are edits, and the issue cannot be read.
    """
    if not edits:
        return Hand()
    edited = edited_of(built, edits)
    known = frozenset((story_id, *article_ids))
    effects = effects_on(known, edited)
    story = next((one for one in edited.issue.stories if one.id in known), None)
    is_dropped = any(one.edit.kind == "drop" and one.state == "applied" for one in effects)
    if story:
        reasons = [one.reason for one in candidates_of(built) if one.story.id in known]
    else:
        reasons = [one.reason for one in edited.candidates if one.story.id in known and is_dropped]
    return Hand(effects=effects, story=story, reason=next(iter(reasons), None), edited=edited)


def hand_lines(hand: Hand, composed: str, zone: str) -> Iterator[Line]:
    """Yield by whom and when parts of a story were decided; *composed* was its headline before."""
    edited = hand.edited
    if edited is None or not hand.effects:
        return
    yield 0, ""
    yield 0, "by hand:"
    for effect in hand.effects:
        edit = effect.edit
        at = f"{as_local(edit.at, zone):%Y-%m-%d %H:%M}"
        because = f", because: {edit.cause}" if edit.cause else ""
        yield 1, f"{_PARTS.get(edit.kind, edit.kind)} by {edit.by}, {at}{because}"
        yield from _details(effect, hand, composed, edited)


def hand_json(hand: Hand, zone: str) -> list[dict[str, object]]:
    """Return what `--json` says of it: each edit as `newsletter edits` has it, and its part."""
    edited = hand.edited
    if edited is None:
        return []
    return [
        {"part": _PARTS.get(one.edit.kind, one.edit.kind), **effect_json(one, edited, zone)}
        for one in hand.effects
    ]


def _details(effect: Effect, hand: Hand, composed: str, edited: Edited) -> Iterator[Line]:
    edit = effect.edit
    if effect.state != "applied":
        yield 2, f"{effect.state}{f': {effect.note}' if effect.note else ''}"
        yield 2, told(edit, edited)
        return
    match edit.kind:
        case "headline":
            yield 2, f"composed as: {composed or '(no headline)'}"
        case "summary" if hand.story:
            yield from _sentences(hand.story)
        case "pin" | "drop" | "lead":
            pass
        case _:
            yield 2, told_as_it_stands(effect, edited)
    if effect.note:
        yield 2, effect.note


def _sentences(story: PrintedStory) -> Iterator[Line]:
    """Yield the summary as it is printed: who says what, or that it is the editor's own."""
    sources = {article.id: article.source for article in story.articles}
    if not story.summary:
        yield 2, "none: only the headline is printed"
    for sentence in story.summary:
        source = "by hand" if sentence.by_hand else short(sources.get(sentence.article_id, ""))
        yield 2, f"{source}: {sentence.text}"
    yield 2, "what it was composed as stands below"
