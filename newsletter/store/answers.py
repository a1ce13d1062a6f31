"""How the answers of language models are kept, by what they were asked."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from newsletter.store.tables import answers

_KEPT = timedelta(days=90)


def known(connection: sa.Connection, key: str) -> tuple[str, int, int] | None:
    """Return the answer kept under *key* and the tokens in and out that it took, None without."""
    query = sa.select(answers.c.content, answers.c.tokens_in, answers.c.tokens_out)
    row = connection.execute(query.where(answers.c.key == key)).first()
    return (row.content, row.tokens_in, row.tokens_out) if row else None


def save(
    connection: sa.Connection,
    key: str,
    *,
    model: str,
    content: str,
    tokens_in: int,
    tokens_out: int,
    made_at: datetime,
) -> None:
    """Keep an answer in place of an earlier one, and let go of those of over 90 days before."""
    old = answers.c.made_at < made_at - _KEPT
    connection.execute(sa.delete(answers).where(old | (answers.c.key == key)))
    connection.execute(
        sa.insert(answers),
        {
            "key": key,
            "model": model,
            "content": content,
            "tokens_in": tokens_in,
            "tokens_out": tokens_out,
            "made_at": made_at,
        },
    )
