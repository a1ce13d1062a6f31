"""What lies in a saved database, in figures and in words."""

from dataclasses import dataclass
from pathlib import Path

from newsletter.cli.telling import counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """How much a backup holds; `size` in bytes."""

    articles: int
    issues: int
    published: int
    size: int

    @property
    def told(self) -> str:
        """Return it in words: "1,204 articles, 12 issues (11 published), 3.4 MB"."""
        issues = f"{counted(self.issues, 'issue')} ({self.published} published)"
        return f"{counted(self.articles, 'article')}, {issues}, {_size(self.size)}"


def saved(file: Path) -> Saved:
    """Return what the backup *file* holds.

    Raises:
        StoreError: it cannot be read.
    """
    import sqlalchemy as sa

    from newsletter.model import Status
    from newsletter.store.tables import articles, issues
    from newsletter.store.telling import telling

    engine = sa.create_engine(sa.URL.create("sqlite", database=str(file)))
    is_out = issues.c.status == Status.PUBLISHED.value
    wanted = (
        sa.select(sa.func.count()).select_from(articles),
        sa.select(sa.func.count()).select_from(issues),
        sa.select(sa.func.count()).select_from(issues).where(is_out),
    )
    try:
        with telling(str(file)), engine.connect() as connection:
            counts = [connection.execute(query).scalar_one() for query in wanted]
    finally:
        engine.dispose()
    return Saved(
        articles=counts[0], issues=counts[1], published=counts[2], size=file.stat().st_size
    )


def _size(count: int) -> str:
    return f"{count / 1e6:,.1f} MB" if count >= 1e6 else f"{count / 1e3:.0f} KB"
