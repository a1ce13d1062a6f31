"""What `newsletter edits` says: the list of an issue's edits, and what became of a change."""

import shutil
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from newsletter.cli.hands import effect_json
from newsletter.cli.instants import as_local
from newsletter.cli.options import Talk
from newsletter.issue.naming import told, told_as_it_stands
from newsletter.model import Built, Edited, Effect, EffectState, Status

if TYPE_CHECKING:
    from newsletter.pipeline.editing import Changed

_LEAST_WIDTH = 80  # columns, and where nobody says how many there are
_MOST_WIDTH = 120  # wider lines are hard to read
_NAME = 14  # columns
_COLOURS: "dict[EffectState, str]" = {
    "applied": "white",
    "waiting": "yellow",
    "overruled": "bright_black",
    "reverted": "bright_black",
}


def listed_lines(edited: Edited, zone: str) -> Iterator[str]:
    """Yield an issue's edits by number: when, by whom, what; below it what became of it.

    Of what is applied nothing more is said, unless there is something to know.
    """
    width = min(_MOST_WIDTH, max(_LEAST_WIDTH, shutil.get_terminal_size((_LEAST_WIDTH, 0)).columns))
    names = min(_NAME, max((len(one.edit.by) for one in edited.effects), default=0))
    for effect in edited.effects:
        edit = effect.edit
        by = edit.by if len(edit.by) <= names else f"{edit.by[: names - 1]}…"
        start = f"{edit.number:>3}  {as_local(edit.at, zone):%Y-%m-%d %H:%M}  {by:<{names}}  "
        line = told_as_it_stands(effect, edited)
        [first, *more] = _wrapped(line, width - len(start)) or [""]
        said = _wrapped(_became(effect, zone), width - len(start))
        yield start + first
        for line in more:
            yield " " * len(start) + line
        for line in said:
            yield " " * len(start) + click.style(line, fg=_COLOURS[effect.state])


def footnote(built: Built, *, is_changed: bool) -> str:
    """Return what is to be said below the list: what may be done now."""
    is_out = built.status == Status.PUBLISHED
    if is_changed and is_out:
        return f"{built.id} is published: it stays as it is"
    if is_changed:
        return f"to take back number N: newsletter edits {built.id} --revert N"
    ways = f"; to change it: newsletter edit {built.id}, or newsletter preview {built.id}"
    return f"nothing was changed by hand in {built.id}{'' if is_out else ways}"


def listed_json(edited: Edited | None, zone: str) -> dict[str, object]:
    """Return what `--json` says of an issue's edits and their version, None if it has none."""
    effects = edited.effects if edited else ()
    return {
        "version": max((one.edit.changed for one in effects), default=0),
        "edits": [effect_json(effect, edited, zone) for effect in effects] if edited else [],
    }


def tell_changed(changed: "Changed", talk: Talk) -> None:
    """Say what was made, taken back or brought back, a line each, and what it led to."""
    edited = _edited(changed)
    week = edited.issue.id
    states = {one.edit.number: one for one in edited.effects}
    for edit in changed.made:
        effect = states.get(edit.number)
        word = "taken back: " if edit.reverted_at else ""
        waits = "" if effect is None or effect.state == "applied" or word else f" ({effect.state})"
        click.echo(f"{edit.number:>3}  {word}{told(edit, edited)}{waits}")
        if effect and effect.note and not talk.quiet:
            click.echo(f"     {effect.note}", err=True)
    for edit in () if talk.quiet else changed.news:
        click.echo(f"meanwhile {edit.by} changed: {told(edit, edited)}", err=True)
    if changed.was_approved:
        again = f"newsletter approve {week}"
        click.echo(f"{week} was approved and is a draft again; to approve it: {again}", err=True)
    if not talk.quiet and changed.made:
        click.echo(f"{week} is printed anew", err=True)
    elif not talk.quiet:
        click.echo(f"nothing was changed in {week}")


def changed_json(changed: "Changed", zone: str) -> dict[str, object]:
    """Return what `--json` says of a change: all edits as they stand, and which were made."""
    edited = _edited(changed)
    return {
        "issue": edited.issue.id,
        **listed_json(edited, zone),
        "version": changed.opened.version,
        "made": [edit.number for edit in changed.made],
        "news": [edit.number for edit in changed.news],
        "was_approved": changed.was_approved,
        "state": changed.opened.state,
    }


def _edited(changed: "Changed") -> Edited:
    opened = changed.opened
    return Edited(issue=opened.issue, candidates=opened.candidates, effects=opened.effects)


def _became(effect: Effect, zone: str) -> str:
    """Return what became of an edit where that is not plain, and why it was made; "" if nothing."""
    edit = effect.edit
    state: str = "" if effect.state == "applied" else effect.state
    if edit.reverted_at is not None:
        state += f" by {edit.reverted_by}, {as_local(edit.reverted_at, zone):%Y-%m-%d %H:%M}"
    became = ": ".join(part for part in (state, effect.note) if part)
    because = f"because: {edit.cause}" if edit.cause else ""
    return "; ".join(part for part in (became, because) if part)


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_on_hyphens=False)
