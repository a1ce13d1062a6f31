"""A preview that is killed while an editor changes an issue: what she was answered is there."""

import random
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from desks import NOW
from editor_bench import WEEK, Ack, Hand, Preview, kept, previewing, streaming
from nurseries import Nursery

from newsletter.issue import load
from newsletter.issue.editing import apply
from newsletter.model import Base, Issue
from newsletter.pipeline.handmade import changed
from newsletter.store import open_store

_LONGEST_S = 1.5  # from the first wish to the kill, on a machine at rest


@dataclass
class Tally:
    """What has been counted over all kills."""

    kills: int = 0
    acks: int = 0
    unanswered: int = 0
    ahead: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def told(self) -> str:
        """Return the figures in words."""
        return (
            f"{self.kills} kills: {self.acks} wishes were answered as done,"
            f" {self.unanswered} were under way; dist/ was ahead of the database {self.ahead}"
            f" times, and half written, or taken for a hand change, {len(self.faults)} times"
        )


def killed_again_and_again(
    folder: Path, nursery: Nursery, *, times: int, dice: random.Random
) -> Tally:
    """Kill the preview of *folder* at so many instants, and look each time what is left."""
    tally, numbers, acked = Tally(), count(1), []
    base = kept(folder).base
    preview = previewing(folder, nursery)
    for _ in range(times):
        try:
            hand = Hand(preview.base, "Ida Holt")
            hand.log_in()
            wishes = _wishes(base, numbers)
            first = hand.wish(**next(wishes))
            with streaming(hand, wishes):
                threading.Event().wait(dice.uniform(0, max(_LONGEST_S, 4 * first.took_s)))
                preview.kill()
        finally:
            preview.kill()
        acked += [ack for ack in hand.acks if not ack.fault]
        tally.kills += 1
        tally.faults += _faults(folder, acked, tally)
        preview = previewing(folder, nursery)
    try:
        tally.faults += _settled(folder, nursery, preview, next(numbers))
    finally:
        preview.kill()
    tally.acks = len(acked)
    return tally


def _wishes(base: Base, numbers: Iterator[int]) -> Iterator[Mapping[str, Any]]:
    """Yield wishes of which no two in a row are of one thing: such would be one edit."""
    stories = base.issue.stories
    for number in numbers:
        story = stories[number % 5].id
        match number % 6:
            case 0:
                yield {"kind": "headline", "story": story, "text": f"Headline {number}"}
            case 1:
                yield {"kind": "summary", "story": story, "text": f"Summary {number}."}
            case 2:
                yield {"kind": "move", "story": story, "place": 1 + number % 3}
            case 3:
                yield {"kind": "drop", "story": stories[7].id}
            case 4:
                yield {"kind": "pin", "story": stories[7].id}
            case _:
                yield {"kind": "note", "text": f"Note {number}."}


def _faults(folder: Path, acked: Sequence[Ack], tally: Tally) -> Iterator[str]:
    """Yield what is wrong with what a killed server left behind, before it is started again."""
    left = kept(folder)
    log = {(edit.kind, edit.story, edit.text) for edit in left.edits}
    for ack in acked:
        if (ack.wish["kind"], ack.wish.get("story"), ack.wish.get("text", "")) not in log:
            yield f"{ack.wish} was answered as done and is gone"
    most = max((edit.changed for edit in left.edits), default=0)
    if acked and most < acked[-1].version:
        yield f"version {acked[-1].version} was answered, {most} is kept"
    tally.unanswered += most > acked[-1].version if acked else 0
    if not left.is_whole:
        yield f"dist/{WEEK} is not whole: {sorted(left.files)}"
    if _told_in(load(left.content)) != _told_in(apply(left.base, left.edits).issue):
        yield "the issue in the database is not what its edits make of it"
    written = left.files["issue.json"].decode()
    tally.ahead += written != left.content
    with open_store(f"sqlite:///{folder / 'newsletter.db'}") as store:
        built = store.built(WEEK)
        if built and changed(built, written):
            yield f"issue.json counts as changed by hand: {changed(built, written)}"


def _settled(folder: Path, nursery: Nursery, preview: Preview, number: int) -> Iterator[str]:
    """Yield what is wrong once a server that was not killed has answered, and after a rebuild."""
    hand = Hand(preview.base, "Jo Quay")
    hand.log_in()
    ack = hand.wish(kind="closing", text=f"Closing {number}.")
    left = kept(folder)
    if ack.fault or left.files["issue.json"].decode() != left.content:
        yield f"dist/ is not what the database has: {ack.fault}"
    build = nursery.command(folder, "build-issue", "--offline", "--now", NOW)
    if nursery.wait(build) != 0:
        yield f"it cannot be built again: {(folder / 'log').read_text()}"
    elif _told_in(kept(folder).issue) != _told_in(left.issue):
        yield "another build has lost what was edited"


def _told_in(issue: Issue) -> tuple[object, ...]:
    return issue.sections, issue.intro, issue.closing, issue.note
