"""What editors changed in an issue, and what it was before they did."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make room for edits, and widen issues; of those built before, no base is known."""
    op.add_column("issues", sa.Column("base", sa.Text, nullable=False, server_default=""))
    op.add_column("issues", sa.Column("edits", sa.Integer, nullable=False, server_default="0"))
    op.create_table(
        "edits",
        sa.Column("issue_id", sa.String(8), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("cause", sa.Text, nullable=False),
        sa.Column("story", sa.Text),
        sa.Column("name", sa.Text, nullable=False, server_default=""),
        sa.Column("articles", sa.Text),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("section", sa.Text, nullable=False),
        sa.Column("order", sa.Text),
        sa.Column("ids", sa.Text),
        sa.Column("sponsor", sa.Text),
        sa.Column("reverted_at", sa.DateTime),
        sa.Column("reverted_by", sa.Text, nullable=False),
        sa.Column("changed", sa.Integer, nullable=False),
    )
