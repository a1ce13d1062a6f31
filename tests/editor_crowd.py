"""Two editors on one issue at once: what they ask for, and what must have become of it."""

import random
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from editor_bench import Ack, Hand, Kept, kept, previewing
from nurseries import Nursery

from newsletter.issue.editing import apply
from newsletter.model import Base, Edit

NAMES = ("Ida Holt", "Jo Quay")
_OFTEN = ("headline", "headline", "summary", "summary", "move", "move", "section")
_SELDOM = ("drop", "pin", "intro", "note")
_PRESENCE, _PLACE = ("drop", "pin"), ("move", "section")


@dataclass(frozen=True)
class Run:
    """What was answered to both, and what was left."""

    acks: tuple[Ack, ...]
    left: Kept
    took_s: float

    @property
    def done(self) -> tuple[Ack, ...]:
        """The wishes that were done, in the order in which they were."""
        return tuple(
            sorted((one for one in self.acks if not one.fault), key=lambda one: one.version)
        )

    @property
    def told(self) -> str:
        """Return its figures in words."""
        times = sorted(one.took_s for one in self.acks)
        clashed = sum(bool(one.clashes) for one in self.acks)
        refused = sum(bool(one.fault) and not one.clashes for one in self.acks)
        return (
            f"{len(self.acks)} wishes of {len(NAMES)} editors in {self.took_s:.0f} s:"
            f" {len(self.done)} done, {clashed} told as clashes, {refused} refused;"
            f" {len(self.left.edits)} edits in the log; an answer in"
            f" {times[len(times) // 2] * 1000:.0f} ms (median),"
            f" {times[int(len(times) * 0.95)] * 1000:.0f} ms (95 of 100);"
            f" lost: {len(lost(self))}"
        )


def crowd(folder: Path, nursery: Nursery, *, wishes: int, seed: int) -> Run:
    """Let two editors ask for so many *wishes* each, at once, over HTTP, in a week laid out."""
    preview = previewing(folder, nursery)
    base = kept(folder).base
    hands = [Hand(preview.base, name) for name in NAMES]
    faults: list[BaseException] = []

    def work(hand: Hand, dice: random.Random) -> None:
        try:
            for number in range(wishes):
                hand.wish(**_wish(base, hand.name, number, dice))
        except BaseException as error:  # noqa: BLE001 - raised below
            faults.append(error)

    try:
        for hand in hands:
            hand.log_in()
        began = time.monotonic()
        threads = [
            threading.Thread(target=work, args=(hand, random.Random(seed + place)))
            for place, hand in enumerate(hands)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        took_s = time.monotonic() - began
    finally:
        preview.kill()
    for fault in faults:
        raise fault
    acks = tuple(ack for hand in hands for ack in hand.acks)
    return Run(acks=acks, left=kept(folder), took_s=took_s)


def _wish(base: Base, name: str, number: int, dice: random.Random) -> Mapping[str, Any]:
    """Return a wish; texts are told apart by who wrote them and when."""
    kind = dice.choice(_OFTEN * 3 + _SELDOM)
    printed = base.issue.stories
    text = f"{name.split(maxsplit=1)[0]} wrote this as number {number}"
    match kind:
        case "headline" | "summary":
            return {"kind": kind, "story": dice.choice(printed[:3]).id, "text": text}
        case "intro" | "note":
            return {"kind": kind, "text": text}
        case "move":
            story, place = dice.choice(printed[:6]).id, dice.randint(1, 4)
            return {"kind": kind, "story": story, "place": place}
        case "section":
            story, section = dice.choice(printed[:6]).id, dice.choice(base.sections)
            return {"kind": kind, "story": story, "section": section, "place": 1}
        case "drop":
            return {"kind": kind, "story": dice.choice(printed[6:]).id}
        case _:
            return {"kind": kind, "story": dice.choice(base.candidates).story.id}


def slot(wish: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what a wish lays hold of."""
    kind = wish["kind"]
    named = "presence" if kind in _PRESENCE else "place" if kind in _PLACE else kind
    return (named, wish.get("story", ""))


def lost(run: Run) -> Sequence[str]:
    """Return every wish that was answered as done and of which nothing is left, in words.

    It is left if it, or the same by the other, is in the log and holds; or if a later one of the
    same thing holds in its place, made by the same editor or by one who had seen it.
    """
    return [*_unseen(run), *_gone(run), *_not_in_effect(run)]


def _unseen(run: Run) -> Iterator[str]:
    """Yield what was written over by somebody who had not seen it."""
    # Who asks for what holds already is answered with the version of whoever changed something.
    versions = Counter(ack.version for ack in run.done)
    made = [ack for ack in run.done if "text" in ack.wish or versions[ack.version] == 1]
    for place, later in enumerate(made):
        for earlier in made[:place]:
            is_same = slot(earlier.wish) == slot(later.wish) and earlier.by != later.by
            if is_same and later.seen < earlier.version < later.version:
                yield f"{earlier.by}'s {earlier.wish} went under {later.by}'s {later.wish}"


def _gone(run: Run) -> Iterator[str]:
    """Yield what is not in the log, but for what the same editor went on with at once."""
    log = run.left.edits
    for ack in run.done:
        after = [one for one in run.done if one.version > ack.version]
        then = [one for one in after if one.version == after[0].version]
        is_amended = any((one.by, slot(one.wish)) == (ack.by, slot(ack.wish)) for one in then)
        if not is_amended and not any(_is_of(edit, ack) for edit in log):
            yield f"{ack.by}'s {ack.wish} is not in the log"


def _not_in_effect(run: Run) -> Iterator[str]:
    """Yield what nobody changed after it and is not what the issue has."""
    left = run.left
    issue, states = apply(left.base, left.edits).issue, left.states
    last = {slot(ack.wish): ack for ack in run.done}
    stories = {story.id: story for story in issue.stories}
    for ack in last.values():
        edit = next((one for one in reversed(left.edits) if _is_of(one, ack)), None)
        if edit is None:
            continue  # told as gone
        text, story = ack.wish.get("text", ""), stories.get(ack.wish.get("story", ""))
        printed = {
            "headline": lambda s=story: s is not None and s.headline,
            "summary": lambda s=story: s is not None and s.summary[0].text,
            "intro": lambda: issue.intro,
            "note": lambda: issue.note,
        }.get(str(ack.wish["kind"]))
        if states[edit.number] != "applied" or (printed and printed() != text):
            yield f"{ack.by}'s {ack.wish} is {states[edit.number]}"


def _is_of(edit: Edit, ack: Ack) -> bool:
    """Return whether *edit* is what *ack* answered; of two who ask for the same, one makes it."""
    wish = ack.wish
    if edit.story not in (wish.get("story"), None):
        return False
    if wish["kind"] in _PLACE:  # a story that was put there from another section stands there, too
        return edit.kind in _PLACE and _puts(edit, wish)
    is_hers = edit.by == ack.by or "text" not in wish
    return is_hers and edit.kind == wish["kind"] and edit.text == wish.get("text", "")


def _puts(edit: Edit, wish: Mapping[str, Any]) -> bool:
    """Return whether *edit* puts its story where *wish* wants it: behind all is the last place."""
    place = min(wish["place"], len(edit.order))
    return edit.section == wish.get("section", edit.section) and (
        edit.order[place - 1] == edit.story
    )
