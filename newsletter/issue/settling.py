"""Which edits hold: each finds its story, later ones take the place of earlier ones."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from newsletter.issue.finding import Stories
from newsletter.issue.naming import called
from newsletter.issue.rewording import has_picture
from newsletter.issue.slots import KEEPS, OF_CLUSTERING, OF_PLACES, OF_THE_ISSUE, Slot, slot
from newsletter.model import Edit, Effect, PrintedStory

_GONE = "its story is not among those of this build"
_TEXTS = frozenset({"headline", "summary"})


@dataclass(slots=True, kw_only=True)
class Settled:
    """The edits that hold, by what they are of, and what became of each edit, in their order.

    `dropped` are stories by id with the edit that dropped them, `kept` those that stay in the issue
    or come in. `orders` are the edits whose order each section has, by its name; `lead` is the
    story that leads, by id.
    """

    effects: list[Effect] = field(default_factory=list)
    issue: dict[str, Edit] = field(default_factory=dict)
    dropped: dict[str, Edit] = field(default_factory=dict)
    kept: dict[str, None] = field(default_factory=dict)
    pinned: set[str] = field(default_factory=set)
    placed: dict[str, Edit] = field(default_factory=dict)
    texts: dict[tuple[str, str], Edit] = field(default_factory=dict)  # by kind and story
    orders: dict[str, Edit] = field(default_factory=dict)
    lead: str | None = None
    lead_at: int = 0  # of which effect it is


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    """An edit that was not reverted, its place among the edits, and the story that it is of."""

    at: int
    edit: Edit
    story: PrintedStory | None


def settled(edits: Sequence[Edit], stories: Stories, sections: Sequence[str]) -> Settled:
    """Return which of *edits* hold for *stories*, in the *sections* that there are."""
    found = Settled()
    words: list[_Word] = []
    for at, edit in enumerate(edits):
        story = stories.of(edit)
        found.effects.append(_at_first(edit, story, stories, sections))
        if edit.reverted_at is None and edit.kind not in OF_CLUSTERING:
            words.append(_Word(at=at, edit=edit, story=story))
            if edit.order and edit.section in sections:
                found.orders[edit.section] = edit
    _settle_clustering(found)
    _settle_presence(found, words)
    last: dict[Slot, Edit] = {}
    for word in reversed(words):
        if found.effects[word.at].state == "applied":
            key = slot(word.edit, word.story.id if word.story else None)
            if key in last:
                _overrule(found, word, last[key])
                continue
            if not _is_away(found, word):
                last[key] = word.edit
            _hold(found, word)
    return found


def _at_first(
    edit: Edit, story: PrintedStory | None, stories: Stories, sections: Sequence[str]
) -> Effect:
    """Return what became of *edit* as far as that depends on no other edit."""
    effect = Effect(edit=edit, state="applied", story=story.id if story else None)
    if edit.reverted_at is not None:
        return replace(effect, state="reverted")
    if edit.kind in OF_THE_ISSUE:
        return effect
    if story is None:
        return replace(effect, state="waiting", note=_GONE)
    if edit.kind in OF_CLUSTERING:
        note = _why_not_clustered(edit, stories)
    elif edit.kind in OF_PLACES and edit.section not in sections:
        note = f"there is no section “{edit.section}” any more; sections: {', '.join(sections)}"
    elif edit.kind == "picture" and not has_picture(story, edit.text):
        note = "none of the story’s articles has this picture any more"
    else:
        notes = (_since(edit, story), _divided(edit, story, stories))
        return replace(effect, note="; ".join(filter(None, notes)))
    return replace(effect, state="waiting", note=note) if note else effect


def _why_not_clustered(edit: Edit, stories: Stories) -> str:
    """Return why stories are not as a merge or a split wants them, "" if they are."""
    if not edit.order and not stories.holders.keys() >= set(edit.ids):  # it decided nothing yet
        return "not all of its stories are among those of this build"
    held = {id_: stories.holders[id_] for id_ in edit.articles if id_ in stories.holders}
    if edit.kind == "merge":
        return "its stories stand apart in this build" if len(set(held.values())) > 1 else ""
    left = {holder for id_, holder in held.items() if id_ in edit.ids}
    stayed = {holder for id_, holder in held.items() if id_ not in edit.ids}
    return "its articles are one story in this build" if left & stayed else ""


def _settle_clustering(found: Settled) -> None:
    """Note which merges and splits gave way to a later one: these wait for no other build."""
    words = [one for one in found.effects if one.edit.kind in OF_CLUSTERING]
    for at, effect in enumerate(found.effects):
        edit = effect.edit
        if effect.state == "waiting" and edit.kind in OF_CLUSTERING:
            later = [
                one.edit
                for one in words[words.index(effect) + 1 :]
                if one.state == "applied" and _undoes(one.edit, edit)
            ]
            if later:
                note = f"{said_by(later[-1])} holds"
                found.effects[at] = replace(effect, state="overruled", note=note)


def _undoes(later: Edit, edit: Edit) -> bool:
    """Return whether *later* parts what *edit* joined, or joins what it parted."""
    return later.kind != edit.kind and not set(later.ids).isdisjoint(edit.articles)


def _since(edit: Edit, story: PrintedStory) -> str:
    """Return who tells the story since an editor wrote on it, "" if nobody else does."""
    known = frozenset(edit.articles)
    if edit.kind not in _TEXTS or not known:
        return ""
    came = dict.fromkeys(one.source for one in story.articles if one.id not in known)
    told = {one.source for one in story.articles if one.id in known}
    others = [source for source in came if source not in told]
    if others:
        return f"since then also told by {', '.join(others)}"
    return f"since then more was told by {', '.join(came)}" if came else ""


def _divided(edit: Edit, story: PrintedStory, stories: Stories) -> str:
    """Return what else tells what the edit's story told when it was made, "" if nothing does."""
    held = Counter(stories.holders[id_] for id_ in edit.articles if id_ in stories.holders)
    held.pop(story.id, None)
    others = [
        f"{called(stories.by_id[id_])} has {count} of its articles" for id_, count in held.items()
    ]
    return f"the story was divided since: {', '.join(others)}" if others else ""


def _settle_presence(found: Settled, words: Sequence[_Word]) -> None:
    """Settle which stories are dropped, and which stay or come in: the last word counts."""
    by_story: dict[str, list[_Word]] = {}
    for word in words:
        if word.story is not None:
            by_story.setdefault(word.story.id, []).append(word)
    for id_, said in by_story.items():
        drops = [word for word in said if word.edit.kind == "drop"]
        if not drops:
            found.kept[id_] = None
            continue
        last = drops[-1]
        for word in said:
            if word.at < last.at and word.edit.kind in {"drop", "pin"}:
                _overrule(found, word, last.edit)
        later = [word for word in said if word.at > last.at and word.edit.kind in KEEPS]
        if later:
            found.kept[id_] = None
            _overrule(found, last, later[0].edit)
        else:
            found.dropped[id_] = last.edit


def _is_away(found: Settled, word: _Word) -> bool:
    """Return whether *word* has a dropped story lead: the one that led before it leads again."""
    return word.edit.kind == "lead" and word.story is not None and word.story.id in found.dropped


def _hold(found: Settled, word: _Word) -> None:
    """Note that *word* is the last of its slot; one of a dropped story waits for its return."""
    edit = word.edit
    if word.story is None:
        found.issue[edit.kind] = edit
        return
    id_ = word.story.id
    drop = found.dropped.get(id_)
    if drop and edit is not drop:
        note = f"the story was dropped since ({said_by(drop)})"
        found.effects[word.at] = replace(found.effects[word.at], state="waiting", note=note)
    match edit.kind:
        case "pin":
            found.pinned.add(id_)
        case "move" | "section":
            found.placed[id_] = edit
        case "lead" if not drop:
            found.lead, found.lead_at = id_, word.at
        case "headline" | "summary" | "picture":
            found.texts[edit.kind, id_] = edit
        case _:
            pass


def _overrule(found: Settled, word: _Word, by: Edit) -> None:
    edit = word.edit
    is_one = word.story is None or edit.kind == "lead" or edit.story == by.story
    note = f"{'' if is_one else 'its story and another became one: '}{said_by(by)} holds"
    found.effects[word.at] = replace(found.effects[word.at], state="overruled", note=note)


def said_by(edit: Edit) -> str:
    """Return how an effect names an edit: "edit 5 of Ada"."""
    number = f"edit {edit.number}" if edit.number else "a later edit"
    return f"{number} of {edit.by}" if edit.by else number
