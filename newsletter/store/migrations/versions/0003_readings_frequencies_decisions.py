"""What is known of articles' words, of the weeks before, and what the editor decided."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make room for readings, embeddings, frequencies and decisions."""
    op.create_table(
        "readings",
        sa.Column("article_id", sa.String(12), sa.ForeignKey("articles.id"), primary_key=True),
        sa.Column("digest", sa.String(32), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("shingles", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "embeddings",
        sa.Column("article_id", sa.String(12), sa.ForeignKey("articles.id"), primary_key=True),
        sa.Column("model", sa.Text, nullable=False),
        sa.Column("digest", sa.String(32), nullable=False),
        sa.Column("vector", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "frequencies",
        sa.Column("language", sa.String(35), primary_key=True),
        sa.Column("term", sa.Text, primary_key=True),
        sa.Column("articles", sa.Float, nullable=False),
    )
    op.create_table(
        "decisions",
        sa.Column("article_id", sa.String(12), sa.ForeignKey("articles.id"), primary_key=True),
        sa.Column("other_id", sa.String(12), sa.ForeignKey("articles.id"), primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
    )
