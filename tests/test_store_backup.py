"""All that the store remembers in one file, and put back from it, on either engine."""

import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from engines import DAY, ENGINES, NOW, article, claimed, event, issue, sure, url_on

from newsletter.errors import StoreError
from newsletter.model import PageVisit, Visit
from newsletter.store import Store, open_store
from newsletter.store.backup import backup, restore

DESK = "email:desk@example.org"


@pytest.fixture(params=ENGINES)
def url(request: pytest.FixtureRequest) -> str:
    return url_on(request.param, request)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    folder = tmp_path / "backups"
    folder.mkdir()
    return folder / "week 47?.db"


@pytest.fixture
def sqlite_url(request: pytest.FixtureRequest) -> str:
    return url_on("sqlite", request)


def fill(store: Store) -> None:
    """Put something of each kind into a store."""
    store.record([article("a"), article("b", text="Rain\nand “hail”.")])
    store.save_pages([PageVisit(article_id="a", at=NOW, error="answers 404")])
    store.save_visits([Visit(url="u", entries=("0f",), gone=True)])
    store.save_issue(issue(47))
    store.note(event("published", key="published:2026-W47"), channels=[DESK])
    [notice] = store.notices_due(NOW, most=1)
    store.settle_notice(notice, "sent")
    store.end_run(sure(claimed(store)), "done", now=NOW)


def filled(url: str) -> object:
    with open_store(url) as store:
        fill(store)
        return store.dump()


def dumped(url: str) -> object:
    with open_store(url) as store:
        return store.dump()


def test_what_was_backed_up_is_put_back_on_either_engine(url: str, file: Path, tmp_path: Path):
    remembered = filled(url)

    backup(url, file)
    restore(f"sqlite:///{tmp_path}/other.db", file, force=False)
    with open_store(url) as store:
        store.record([article("later")])
        store.note(event("held"))
    restore(url, file, force=True)

    assert dumped(f"sqlite:///{tmp_path}/other.db") == remembered
    assert dumped(url) == remembered
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_a_store_that_was_put_back_goes_on(url: str, file: Path):
    filled(url)
    backup(url, file)
    restore(url, file, force=True)

    with open_store(url) as store:
        store.note(event("republished"))

        assert [one.kind for one in store.events()] == ["published", "republished"]
        assert sure(claimed(store, period="2026-W48")).fence == 1


def test_what_was_still_to_be_told_is_unsure_after_a_while(url: str, file: Path):
    with open_store(url) as store:
        store.note(event("held"), channels=[DESK])
    backup(url, file)

    restore(url, file, force=True)

    with open_store(url) as store:
        assert [one.state for one in store.notices(most=9)] == ["unsure"]


def test_a_backup_is_of_one_moment_while_others_write(url: str, file: Path):
    with open_store(url) as store:
        enough = threading.Event()

        def write() -> None:
            number = 0
            while not enough.is_set():
                with store.transaction() as joined:
                    joined.record([article(f"{number}x")])
                    joined.note(event(key=f"{number}"))
                number += 1

        writer = threading.Thread(target=write)
        writer.start()
        try:
            for _ in range(3):
                backup(url, file)
                with closing(sqlite3.connect(file)) as copy:
                    counts = copy.execute(
                        "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM events)"
                    ).fetchone()
                assert counts[0] == counts[1]
        finally:
            enough.set()
            writer.join()


def test_a_store_that_is_not_empty_is_replaced_only_by_force(url: str, file: Path):
    remembered = filled(url)
    backup(url, file)

    with pytest.raises(StoreError, match=r"is not empty.*back it up.*then add --force"):
        restore(url, file, force=False)

    assert dumped(url) == remembered


def test_a_store_that_is_being_worked_on_is_replaced_only_by_force(url: str, file: Path):
    backup(url, file)
    with open_store(url) as store:
        claimed(store, "desk-1 (process 7)", wall=datetime.now(UTC))

    with pytest.raises(StoreError, match=r"publish 2026-W47 is being worked on by desk-1.*stop"):
        restore(url, file, force=False)
    restore(url, file, force=True)

    with open_store(url) as store:
        assert store.runs(9) == ()


def test_what_a_dead_process_had_claimed_is_in_nobodys_way(url: str, file: Path):
    backup(url, file)
    with open_store(url) as store:
        claimed(store, wall=datetime.now(UTC) - DAY)

    restore(url, file, force=False)


def test_the_database_that_is_replaced_is_kept_beside_each_time(
    sqlite_url: str, file: Path, tmp_path: Path
):
    backup(sqlite_url, file)
    remembered = filled(sqlite_url)

    restore(sqlite_url, file, force=True)
    filled(sqlite_url)
    restore(sqlite_url, file, force=True)

    assert dumped(f"sqlite:///{tmp_path}/newsletter.db.before-restore") == remembered
    assert dumped(f"sqlite:///{tmp_path}/newsletter.db.before-restore-2") == remembered


def test_whoever_has_the_database_open_sees_what_was_put_back(sqlite_url: str, file: Path):
    with open_store(sqlite_url) as store:
        backup(sqlite_url, file)
        fill(store)

        restore(sqlite_url, file, force=True)
        store.record([article("z")])

        assert [one.id for one in store.within(None, NOW + DAY)] == ["z"]


def test_a_damaged_database_is_put_aside(sqlite_url: str, file: Path, tmp_path: Path):
    remembered = filled(sqlite_url)
    backup(sqlite_url, file)
    broken = tmp_path / "newsletter.db"
    broken.write_bytes(broken.read_bytes()[:8192] + b"\xff" * 8192)

    with pytest.raises(StoreError, match="damaged"):
        restore(sqlite_url, file, force=False)
    restore(sqlite_url, file, force=True)

    assert dumped(sqlite_url) == remembered
    assert (tmp_path / "newsletter.db.before-restore").read_bytes().endswith(b"\xff" * 8192)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is a database, but not one of newsletter's"),
        (b"Rain fell over Velsum. " * 99, "no SQLite database"),
        (b"SQLite format 3\0" + b"\xff" * 9000, "no SQLite database|damaged"),
        (None, "no such file; name one that `newsletter backup` wrote"),
    ],
    ids=["empty", "text", "rubbish", "missing"],
)
def test_a_file_that_is_no_backup_changes_nothing(
    url: str, file: Path, content: bytes | None, said: str
):
    remembered = filled(url)
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(StoreError, match=said) as caught:
        restore(url, file, force=True)

    assert str(file) in str(caught.value)
    assert dumped(url) == remembered
    assert len(list(file.parent.iterdir())) == (content is not None)


def test_a_backup_of_a_newer_version_is_refused(sqlite_url: str, file: Path):
    backup(sqlite_url, file)
    with closing(sqlite3.connect(file)) as newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
        newer.commit()

    with pytest.raises(StoreError, match=r"week 47.*newer version of newsletter"):
        restore(sqlite_url, file, force=True)


def test_the_database_is_no_backup_of_itself(sqlite_url: str, tmp_path: Path):
    path = tmp_path / "newsletter.db"

    with pytest.raises(StoreError, match="is the database itself; name another file"):
        backup(sqlite_url, path)
    with pytest.raises(StoreError, match="is the database itself; name a backup"):
        restore(sqlite_url, path, force=True)


def test_a_database_that_is_not_there_is_not_made_by_backing_it_up(tmp_path: Path):
    with pytest.raises(StoreError, match="no such database, and so nothing to back up"):
        backup(f"sqlite:///{tmp_path}/nothing.db", tmp_path / "copy.db")

    assert list(tmp_path.iterdir()) == []


def test_a_backup_into_a_folder_that_is_not_there_is_told(url: str, tmp_path: Path):
    with pytest.raises(StoreError, match=r"cannot be written .*name a file in a folder"):
        backup(url, tmp_path / "nowhere" / "copy.db")
