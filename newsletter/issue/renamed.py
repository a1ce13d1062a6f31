"""Notes which stories that an editor chose came out under another headline since."""

from collections.abc import Sequence
from dataclasses import replace

from newsletter.issue.naming import KEPT, name_of
from newsletter.issue.settling import Settled
from newsletter.issue.slots import OF_PLACES
from newsletter.model import Base, Edit

_CHOOSING = OF_PLACES | {"pin", "lead"}


def note_headlines(found: Settled, base: Base, edits: Sequence[Edit]) -> None:
    """Add to the effects of what leads, pins or moves a story the headline that it had then.

    It is told where *base* composed another, and neither of both is an editor's own.
    """
    composed = {
        story.id: name_of(story)
        for story in (*base.issue.stories, *(one.story for one in base.candidates))
    }
    typed = {" ".join(one.text.split())[:KEPT].rstrip() for one in edits if one.kind == "headline"}
    for at, effect in enumerate(found.effects):
        edit, of = effect.edit, effect.story or ""
        if (
            edit.kind in _CHOOSING
            and effect.state == "applied"
            and edit.name
            and edit.name not in {composed.get(of), *typed}
            and ("headline", of) not in found.texts
        ):
            was = f"its headline was “{edit.name}”"
            note = "; ".join(part for part in (effect.note, was) if part)
            found.effects[at] = replace(effect, note=note)
