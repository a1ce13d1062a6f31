"""Edits as one YAML file, in which they travel from one workspace to another."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from newsletter.errors import WishError
from newsletter.issue import typed
from newsletter.issue.dump import moment
from newsletter.issue.places import Path, path_text
from newsletter.issue.reading import Faults, read_fields, unknown_keys
from newsletter.issue.slots import OF_CLUSTERING, OF_PLACES, OF_THE_ISSUE
from newsletter.issue.travelling_yaml import Values, values_of, written
from newsletter.model import Edit

VERSION = 1

_MOST = 2_000_000  # characters: a thousand edits with a summary each
_MOST_EDITS = 10_000
_MOST_FAULTS = 50
_KEYS = ("version", "issue", "edits")
_OWN = tuple(one.name for one in fields(Edit))
_NEEDED = ("kind", "at", "by")
_ABOUT = """\
# What was changed by hand in {issue}. Take it in elsewhere with: newsletter edits --import FILE
"""


def dump_edits(edits: Sequence[Edit], issue_id: str) -> str:
    """Return *edits* of an issue as a YAML file; what `load_edits` makes of it equals them."""
    return _ABOUT.format(issue=issue_id) + written(
        {"version": VERSION, "issue": issue_id, "edits": [_plain(edit) for edit in edits]}
    )


def load_edits(text: str, name: str = "edits.yaml") -> tuple[Edit, ...]:
    """Return the edits that a YAML file holds, in its order; *name* is what errors call it.

    Raises:
        WishError: it is no YAML, of another version, or has faults: all of them, one a line, as
            `edits.yaml:12: edits[3].kind: 'hedline' is none of: …`.
    """
    if len(text) > _MOST:
        raise WishError(f"{name}: is larger than any file of edits ({len(text):,} characters)")
    found = values_of(text.removeprefix("\ufeff"), name)
    data = found.value
    if not isinstance(data, Mapping) or data.get("version") != VERSION:
        raise WishError(
            f"{name}: holds no edits of version {VERSION}; write such a file with"
            " newsletter edits --export FILE"
        )
    faults: Faults = list(found.faults)
    unknown_keys(data, _KEYS, (), faults)
    edits = tuple(_edits(data.get("edits"), faults))
    if faults:
        raise WishError(_told(faults, found, name))
    return edits


def _plain(edit: Edit) -> Mapping[str, Any]:
    """Return what of *edit* is not as an edit is by default."""
    values: dict[str, Any] = {
        **{one.name: getattr(edit, one.name) for one in fields(Edit)},
        "at": moment(edit.at),
        "reverted_at": moment(edit.reverted_at),
        "sponsor": asdict(edit.sponsor) if edit.sponsor else None,
    }
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in values.items()
        if name in _NEEDED or value not in ("", (), None, 0)
    }


def _edits(rows: Any, faults: Faults) -> list[Edit]:
    if not isinstance(rows, list):
        faults.append((("edits",), "is not a list; begin each of its edits with '- '"))
        return []
    if len(rows) > _MOST_EDITS:
        faults.append((("edits",), f"is longer than {_MOST_EDITS:,} edits"))
        return []
    found = []
    for place, row in enumerate(rows):
        path = ("edits", place)
        if not isinstance(row, Mapping):
            faults.append((path, "is no edit; write its keys, such as kind: headline"))
            continue
        before = len(faults)
        unknown_keys(row, _OWN, path, faults)
        values = read_fields(Edit, row, path, faults)
        if len(faults) == before:
            edit = Edit(**values)
            faults.extend(_lacking(edit, path))
            faults.extend(_refused(edit, path))
            found.append(edit)
    return found


def _lacking(edit: Edit, path: Path) -> Iterator[tuple[Path, str]]:
    """Yield what an edit of its kind is nothing without."""
    if edit.kind not in OF_THE_ISSUE and not edit.story:
        yield (*path, "story"), f"is missing: name the story of this {edit.kind} by its id"
    if edit.kind in OF_PLACES and not edit.section:
        yield (*path, "section"), f"is missing: name the section of this {edit.kind}"
    if edit.kind in OF_CLUSTERING and not edit.ids:
        yield (*path, "ids"), f"is missing: name the ids of this {edit.kind} in [ ]"


def _refused(edit: Edit, path: Path) -> Iterator[tuple[Path, str]]:
    """Yield why what was typed into an edit cannot be taken; what was reverted is not."""
    if edit.reverted_at is not None:
        return
    if fault := typed.fault(edit):
        yield (*path, "sponsor" if edit.kind == "sponsor" else "text"), fault


def _told(faults: Faults, found: Values, name: str) -> str:
    placed = sorted((found.line_of(path), path_text(path), what) for path, what in faults)
    lines = [f"{name}:{line}: {path or 'the file'}: {what}" for line, path, what in placed]
    if len(lines) > _MOST_FAULTS:
        lines[_MOST_FAULTS:] = [f"{name}: and {len(lines) - _MOST_FAULTS} faults more"]
    return "\n".join(lines)
