"""The tables, as the newest migration leaves them."""

import json
import struct
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

metadata = sa.MetaData()


class Moment(sa.types.TypeDecorator[datetime]):
    """An aware UTC datetime. SQLite keeps no time zone, so it is taken off and put back."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Store the moment as UTC without a zone."""
        del dialect
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Give the zone back."""
        del dialect
        return value.replace(tzinfo=UTC) if value else None


class Hashes(sa.types.TypeDecorator[tuple[str, ...]]):
    """Words without spaces in them, separated by spaces."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Any) -> str | None:
        """Store the words as one text."""
        del dialect
        return " ".join(value) if value else None

    def process_result_value(self, value: str | None, dialect: Any) -> tuple[str, ...]:
        """Give the words back, () for none."""
        del dialect
        return tuple(value.split(" ")) if value else ()


class Texts(sa.types.TypeDecorator[tuple[str, ...]]):
    """Texts of any kind, as a JSON list."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Any) -> str | None:
        """Store the texts as JSON."""
        del dialect
        return json.dumps(value, ensure_ascii=False) if value else None

    def process_result_value(self, value: str | None, dialect: Any) -> tuple[str, ...]:
        """Give the texts back, () for none."""
        del dialect
        return tuple(json.loads(value)) if value else ()


class Numbers(sa.types.TypeDecorator[tuple[int, ...]]):
    """Whole numbers of 64 bits without a sign, little-endian."""

    impl = sa.LargeBinary
    cache_ok = True

    def process_bind_param(self, value: tuple[int, ...] | None, dialect: Any) -> bytes | None:
        """Store the numbers one behind the other."""
        del dialect
        return None if value is None else struct.pack(f"<{len(value)}Q", *value)

    def process_result_value(self, value: bytes | None, dialect: Any) -> tuple[int, ...]:
        """Give the numbers back, () for none."""
        del dialect
        return struct.unpack(f"<{len(value) // 8}Q", value) if value else ()


articles = sa.Table(
    "articles",
    metadata,
    sa.Column("id", sa.String(12), primary_key=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("url", sa.Text),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("named", sa.Boolean, nullable=False),
    sa.Column("author", sa.Text),
    sa.Column("published", Moment),
    sa.Column("date_source", sa.String(16), nullable=False),
    sa.Column("first_seen", Moment, nullable=False, index=True),
    sa.Column("language", sa.String(35), nullable=False),
    # The origin whose wording is kept: others that carry the same page do not overwrite it.
    sa.Column("kept_from", sa.Text, nullable=False),
    sa.Column("image", sa.Text),
    sa.Column("categories", Texts),
)

article_keys = sa.Table(
    "article_keys",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("article_id", sa.ForeignKey("articles.id"), nullable=False, index=True),
)

article_origins = sa.Table(
    "article_origins",
    metadata,
    sa.Column("article_id", sa.ForeignKey("articles.id"), primary_key=True),
    sa.Column("origin", sa.Text, primary_key=True),
    sa.Column("is_seed", sa.Boolean, nullable=False, index=True),
    sa.Column("withdrawn_at", Moment),
)

visits = sa.Table(
    "visits",
    metadata,
    sa.Column("url", sa.Text, primary_key=True),
    sa.Column("etag", sa.Text),
    sa.Column("last_modified", sa.Text),
    sa.Column("body_hash", sa.String(64)),
    sa.Column("checked_at", Moment),
    sa.Column("succeeded_at", Moment),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("failing_since", Moment),
    sa.Column("error", sa.Text),
    sa.Column("entries", Hashes),
    sa.Column("next_try", Moment),
    sa.Column("gone", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("moved_to", sa.Text),
    sa.Column("moved_since", Moment),
)

# What came of reading an article's own page: `url` and `text`, or else `error`.
pages = sa.Table(
    "pages",
    metadata,
    sa.Column("article_id", sa.ForeignKey("articles.id"), primary_key=True),
    sa.Column("at", Moment, nullable=False),
    sa.Column("url", sa.Text),
    sa.Column("canonical", sa.Text),
    sa.Column("title", sa.Text),
    sa.Column("text", sa.Text),
    sa.Column("author", sa.Text),
    sa.Column("source", sa.Text),
    sa.Column("published", Moment),
    sa.Column("language", sa.String(35)),
    sa.Column("image", sa.Text),
    sa.Column("error", sa.Text),
)

# An article's words as they are compared: gone when the issue that told it is published.
readings = sa.Table(
    "readings",
    metadata,
    sa.Column("article_id", sa.ForeignKey("articles.id"), primary_key=True),
    sa.Column("digest", sa.String(32), nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("words", sa.Text, nullable=False),
    sa.Column("shingles", sa.LargeBinary, nullable=False),
)

# What an embedding model made of an article: 32-bit numbers, little-endian.
embeddings = sa.Table(
    "embeddings",
    metadata,
    sa.Column("article_id", sa.ForeignKey("articles.id"), primary_key=True),
    sa.Column("model", sa.Text, nullable=False),
    sa.Column("digest", sa.String(32), nullable=False),
    sa.Column("vector", sa.LargeBinary, nullable=False),
)

# The paragraphs of an article as hashes, by which those are known that its outlet prints again.
paragraphs = sa.Table(
    "paragraphs",
    metadata,
    sa.Column("article_id", sa.ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("outlet", sa.Text, nullable=False, index=True),
    sa.Column("digest", sa.String(32), nullable=False),
    sa.Column("hashes", Numbers, nullable=False),
)

# How many articles of the weeks that are out held a term; the empty term counts all articles.
frequencies = sa.Table(
    "frequencies",
    metadata,
    sa.Column("language", sa.String(35), primary_key=True),
    sa.Column("term", sa.Text, primary_key=True),
    sa.Column("articles", sa.Float, nullable=False),
)

# The editor's word on two articles; the last one on a pair holds.
decisions = sa.Table(
    "decisions",
    metadata,
    sa.Column("article_id", sa.ForeignKey("articles.id"), primary_key=True),
    sa.Column("other_id", sa.ForeignKey("articles.id"), primary_key=True),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("at", Moment, nullable=False),
)

issues = sa.Table(
    "issues",
    metadata,
    sa.Column("id", sa.String(8), primary_key=True),
    sa.Column("status", sa.String(16), nullable=False, index=True),
    sa.Column("since", Moment),
    sa.Column("until", Moment, nullable=False),
    sa.Column("content", sa.Text, nullable=False),
    sa.Column("report", sa.Text, nullable=False),
    # What the edits are applied to; the version of them that `content` holds.
    sa.Column("base", sa.Text, nullable=False, server_default=""),
    sa.Column("edits", sa.Integer, nullable=False, server_default="0"),
)

# What editors changed in an issue, whether or not it stands built: nothing is ever taken out.
edits = sa.Table(
    "edits",
    metadata,
    sa.Column("issue_id", sa.String(8), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("cause", sa.Text, nullable=False),
    sa.Column("story", sa.Text),
    sa.Column("name", sa.Text, nullable=False, server_default=""),
    sa.Column("articles", Texts),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("section", sa.Text, nullable=False),
    sa.Column("order", Texts),
    sa.Column("ids", Texts),
    sa.Column("sponsor", sa.Text),
    sa.Column("reverted_at", Moment),
    sa.Column("reverted_by", sa.Text, nullable=False),
    sa.Column("changed", sa.Integer, nullable=False),
)

# What language models answered, by a hash of all that they were asked.
answers = sa.Table(
    "answers",
    metadata,
    sa.Column("key", sa.String(64), primary_key=True),
    sa.Column("model", sa.Text, nullable=False),
    sa.Column("content", sa.Text, nullable=False),
    sa.Column("tokens_in", sa.Integer, nullable=False),
    sa.Column("tokens_out", sa.Integer, nullable=False),
    sa.Column("made_at", Moment, nullable=False),
)

# The jobs of the weekly run, one row for each job and period; whoever holds the highest fence may
# work on it. `beat_at` is by the clock of the wall, all else by that of the schedule.
runs = sa.Table(
    "runs",
    metadata,
    sa.Column("job", sa.String(16), primary_key=True),
    sa.Column("period", sa.String(32), primary_key=True),
    sa.Column("state", sa.String(16), nullable=False, index=True),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("fence", sa.Integer, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("beat_at", Moment, nullable=False),
    sa.Column("started_at", Moment, nullable=False),
    sa.Column("ended_at", Moment),
    sa.Column("next_try", Moment),
    sa.Column("cause", sa.Text, nullable=False, server_default=""),
)

# What happened, to a week or to all of it, and why; one with a key happens once.
events = sa.Table(
    "events",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("key", sa.Text, unique=True),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("week", sa.String(8), index=True),
    sa.Column("at", Moment, nullable=False),
    sa.Column("cause", sa.Text, nullable=False),
    sa.Column("details", sa.Text, nullable=False),
)

# On which channels an event is told, and how far that has come. `taken_at` is by the wall's clock.
notices = sa.Table(
    "notices",
    metadata,
    sa.Column("event_id", sa.Integer, sa.ForeignKey("events.id"), primary_key=True),
    sa.Column("channel", sa.Text, primary_key=True),
    sa.Column("state", sa.String(16), nullable=False, index=True),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("taken_at", Moment),
    sa.Column("next_try", Moment),
    sa.Column("error", sa.Text, nullable=False, server_default=""),
)
