"""The weekly run: its jobs, what happened to each week, and whom it is told."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make room for runs, events and notices; what is published already says so."""
    op.create_table(
        "runs",
        sa.Column("job", sa.String(16), primary_key=True),
        sa.Column("period", sa.String(32), primary_key=True),
        sa.Column("state", sa.String(16), nullable=False, index=True),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("fence", sa.Integer, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("beat_at", sa.DateTime, nullable=False),
        sa.Column("started_at", sa.DateTime, nullable=False),
        sa.Column("ended_at", sa.DateTime),
        sa.Column("next_try", sa.DateTime),
        sa.Column("cause", sa.Text, nullable=False, server_default=""),
    )
    op.create_table(
        "events",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("key", sa.Text, unique=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("week", sa.String(8), index=True),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("cause", sa.Text, nullable=False),
        sa.Column("details", sa.Text, nullable=False),
    )
    op.create_table(
        "notices",
        sa.Column("event_id", sa.Integer, sa.ForeignKey("events.id"), primary_key=True),
        sa.Column("channel", sa.Text, primary_key=True),
        sa.Column("state", sa.String(16), nullable=False, index=True),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("taken_at", sa.DateTime),
        sa.Column("next_try", sa.DateTime),
        sa.Column("error", sa.Text, nullable=False, server_default=""),
    )
    # Of an issue that was published before, only its cut-off is known.
    op.execute(
        "INSERT INTO events (key, kind, week, at, cause, details)"
        " SELECT 'published:' || id, 'published', id, until, 'published by hand', '{}'"
        " FROM issues WHERE status = 'published' ORDER BY until"
    )
