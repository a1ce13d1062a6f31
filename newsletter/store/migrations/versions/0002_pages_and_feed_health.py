"""Pictures and categories of articles, their web pages, and what a feed's health is told from."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Widen articles and visits, and make room for pages."""
    op.add_column("articles", sa.Column("image", sa.Text))
    op.add_column("articles", sa.Column("categories", sa.Text))
    op.add_column("visits", sa.Column("entries", sa.Text))
    op.add_column("visits", sa.Column("next_try", sa.DateTime))
    op.add_column(
        "visits", sa.Column("gone", sa.Boolean, nullable=False, server_default=sa.false())
    )
    op.add_column("visits", sa.Column("moved_to", sa.Text))
    op.add_column("visits", sa.Column("moved_since", sa.DateTime))
    op.create_table(
        "pages",
        sa.Column("article_id", sa.String(12), sa.ForeignKey("articles.id"), primary_key=True),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("url", sa.Text),
        sa.Column("canonical", sa.Text),
        sa.Column("title", sa.Text),
        sa.Column("text", sa.Text),
        sa.Column("author", sa.Text),
        sa.Column("source", sa.Text),
        sa.Column("published", sa.DateTime),
        sa.Column("language", sa.String(35)),
        sa.Column("image", sa.Text),
        sa.Column("error", sa.Text),
    )
