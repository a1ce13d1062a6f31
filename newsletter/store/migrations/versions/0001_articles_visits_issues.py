"""Articles with their keys and origins, visits to feeds, issues."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the first tables."""
    op.create_table(
        "articles",
        sa.Column("id", sa.String(12), primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("url", sa.Text),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("named", sa.Boolean, nullable=False),
        sa.Column("author", sa.Text),
        sa.Column("published", sa.DateTime),
        sa.Column("date_source", sa.String(16), nullable=False),
        sa.Column("first_seen", sa.DateTime, nullable=False),
        sa.Column("language", sa.String(35), nullable=False),
        sa.Column("kept_from", sa.Text, nullable=False),
    )
    op.create_index("ix_articles_first_seen", "articles", ["first_seen"])
    op.create_table(
        "article_keys",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("article_id", sa.String(12), sa.ForeignKey("articles.id"), nullable=False),
    )
    op.create_index("ix_article_keys_article_id", "article_keys", ["article_id"])
    op.create_table(
        "article_origins",
        sa.Column("article_id", sa.String(12), sa.ForeignKey("articles.id"), primary_key=True),
        sa.Column("origin", sa.Text, primary_key=True),
        sa.Column("is_seed", sa.Boolean, nullable=False),
        sa.Column("withdrawn_at", sa.DateTime),
    )
    op.create_index("ix_article_origins_is_seed", "article_origins", ["is_seed"])
    op.create_table(
        "visits",
        sa.Column("url", sa.Text, primary_key=True),
        sa.Column("etag", sa.Text),
        sa.Column("last_modified", sa.Text),
        sa.Column("body_hash", sa.String(64)),
        sa.Column("checked_at", sa.DateTime),
        sa.Column("succeeded_at", sa.DateTime),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("failing_since", sa.DateTime),
        sa.Column("error", sa.Text),
    )
    op.create_table(
        "issues",
        sa.Column("id", sa.String(8), primary_key=True),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("since", sa.DateTime),
        sa.Column("until", sa.DateTime, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("report", sa.Text, nullable=False),
    )
    op.create_index("ix_issues_status", "issues", ["status"])
