"""What outlets print: the hashes of their articles' paragraphs."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make room for paragraphs."""
    op.create_table(
        "paragraphs",
        sa.Column(
            "article_id",
            sa.String(12),
            sa.ForeignKey("articles.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("outlet", sa.Text, nullable=False),
        sa.Column("digest", sa.String(32), nullable=False),
        sa.Column("hashes", sa.LargeBinary, nullable=False),
    )
    op.create_index("ix_paragraphs_outlet", "paragraphs", ["outlet"])
