"""What the doctor says of the database, however it was found."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from newsletter.pipeline.doctor import Finding, Verdict, size


@dataclass(frozen=True, slots=True, kw_only=True)
class Database:
    """A database as it is, and the schema that this program knows as the `newest`.

    `schema` is None where there are no tables yet, `file` where it is not SQLite's; `damage` is
    what SQLite found, "" for none; `is_busy` is true while somebody else writes; `is_foreign` where
    its tables are another program's; `is_in_memory` where each command would begin with none.
    """

    name: str
    newest: str
    schema: str | None = None
    bytes: int = 0
    file: Path | None = None
    damage: str = ""
    is_busy: bool = False
    is_foreign: bool = False
    is_in_memory: bool = False

    @property
    def is_current(self) -> bool:
        """Tell whether opening it would leave it as it is."""
        return self.schema == self.newest and not self.damage


def database(found: Database) -> Iterator[Finding]:
    """Judge a database that could be looked at."""
    if found.is_in_memory:
        remedy = "write a path such as database: newsletter.db"
        yield _finding(found, "fault", "is kept in memory, and gone after each command", remedy)
    elif found.damage:
        yield _finding(found, "fault", f"is damaged: {found.damage}", "newsletter restore FILE")
    elif found.is_foreign:
        remedy = "name another one with database: in feeds.yaml"
        yield _finding(found, "fault", "holds the tables of another program", remedy)
    elif found.schema is None:
        yield _finding(found, "ok", "is not there yet; the first gather makes it")
    elif found.schema > found.newest:
        yield _finding(
            found,
            "fault",
            f"was written by a newer newsletter (schema {found.schema}, this one knows"
            f" {found.newest})",
            "upgrade newsletter, or name another database",
        )
    elif found.schema < found.newest:
        yield _finding(
            found,
            "warning",
            f"schema {found.schema} of {found.newest}: runs and feeds are not looked at until the"
            " next gather or build brings it up to date",
            "save it first: newsletter backup FILE",
        )
    else:
        sound = ", sound" if found.file else ""
        yield _finding(found, "ok", f"{size(found.bytes)}, schema {found.schema}{sound}, writable")
    if found.is_busy:
        yield _finding(
            found,
            "warning",
            "another process is writing just now",
            f"if it still is in a minute: fuser -v {found.name} names it",
        )


def _finding(found: Database, verdict: Verdict, text: str, remedy: str = "") -> Finding:
    said = f"{found.name}: {text}"
    return Finding(check="database", verdict=verdict, text=said, remedy=remedy)
