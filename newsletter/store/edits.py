"""How it is kept what editors changed: a log for each issue, from which nothing is taken out."""

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

import sqlalchemy as sa

from newsletter.model import Edit, Sponsor
from newsletter.store.rows import storable
from newsletter.store.tables import edits


def known(connection: sa.Connection, issue_id: str) -> tuple[Edit, ...]:
    """Return all edits of an issue by number."""
    query = sa.select(edits).where(edits.c.issue_id == issue_id).order_by(edits.c.number)
    return tuple(_edit(row) for row in connection.execute(query).mappings())


def add(connection: sa.Connection, issue_id: str, made: Sequence[Edit]) -> tuple[Edit, ...]:
    """Keep *made* under the next numbers, as one version; return them as they are kept.

    Nobody else may write between the reading and the writing of this.
    """
    last, version = _last(connection, issue_id)
    kept = tuple(
        replace(_storable(one), number=number, changed=version + 1)
        for number, one in enumerate(made, start=last + 1)
    )
    if kept:
        connection.execute(sa.insert(edits), [_row(issue_id, one) for one in kept])
    return kept


def change(connection: sa.Connection, issue_id: str, changed: Sequence[Edit]) -> tuple[Edit, ...]:
    """Keep *changed* in place of those with their numbers, as one version; return them as kept.

    Raises:
        LookupError: the issue has no edit of such a number.
    """
    _, version = _last(connection, issue_id)
    kept = tuple(replace(_storable(one), changed=version + 1) for one in changed)
    for one in kept:
        same = (edits.c.issue_id == issue_id) & (edits.c.number == one.number)
        written = connection.execute(sa.update(edits).where(same).values(_row(issue_id, one)))
        if written.rowcount != 1:
            raise LookupError(f"{issue_id} has no edit {one.number}")
    return kept


def _last(connection: sa.Connection, issue_id: str) -> tuple[int, int]:
    """Return the last number and the version of an issue's edits, 0 where there is none."""
    greatest = (sa.func.max(edits.c.number), sa.func.max(edits.c.changed))
    row = connection.execute(sa.select(*greatest).where(edits.c.issue_id == issue_id)).one()
    return row[0] or 0, row[1] or 0


def _storable(edit: Edit) -> Edit:
    """Return *edit* with marks in place of what no database takes: an imported one may hold it."""
    return replace(
        edit,
        by=storable(edit.by),
        cause=storable(edit.cause),
        story=storable(edit.story) if edit.story is not None else None,
        name=storable(edit.name),
        articles=tuple(map(storable, edit.articles)),
        text=storable(edit.text),
        section=storable(edit.section),
        order=tuple(map(storable, edit.order)),
        ids=tuple(map(storable, edit.ids)),
        reverted_by=storable(edit.reverted_by),
    )


def _row(issue_id: str, edit: Edit) -> dict[str, Any]:
    row = {name: getattr(edit, name) for name in Edit.__slots__}
    sponsor = json.dumps(asdict(edit.sponsor)) if edit.sponsor else None
    return {**row, "issue_id": issue_id, "sponsor": sponsor}


def _edit(row: sa.RowMapping) -> Edit:
    given = {name: row[name] for name in Edit.__slots__}
    sponsor = Sponsor(**json.loads(row["sponsor"])) if row["sponsor"] else None
    return Edit(**{**given, "sponsor": sponsor})
