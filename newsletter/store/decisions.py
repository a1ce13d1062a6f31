"""How the editor's decisions on pairs of articles are kept."""

from collections.abc import Collection, Iterable

import sqlalchemy as sa

from newsletter.model import Decision
from newsletter.store.tables import decisions


def known(connection: sa.Connection) -> tuple[Decision, ...]:
    """Return all decisions, in order of time and ids."""
    order = (decisions.c.at, decisions.c.article_id, decisions.c.other_id)
    query = sa.select(decisions).order_by(*order)
    return tuple(Decision(**row) for row in connection.execute(query).mappings())


def decide(
    connection: sa.Connection, made: Iterable[Decision], *, revoked: Collection[Decision]
) -> None:
    """Let go of *revoked*, and keep *made* in place of what was decided on the same pairs."""
    pairs = {_pair(one): one for one in made}
    gone = {*pairs, *map(_pair, revoked)}
    for first, second in sorted(gone):
        connection.execute(
            sa.delete(decisions).where(
                decisions.c.article_id == first, decisions.c.other_id == second
            )
        )
    if pairs:
        connection.execute(
            sa.insert(decisions),
            [
                {"article_id": first, "other_id": second, "kind": one.kind, "at": one.at}
                for (first, second), one in sorted(pairs.items())
            ],
        )


def _pair(decision: Decision) -> tuple[str, str]:
    first, second = sorted((decision.article_id, decision.other_id))
    return first, second
