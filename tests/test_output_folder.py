"""Editions on disk: complete or absent, nothing of others lost, nothing left lying about."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsletter.deliver import OutputFolder
from newsletter.errors import OutputError

FILES = {"index.html": b"<p>Rain</p>", "issue.json": b"{}"}
TOO_LONG = "x" * 300
DAY_S = 86_400


@pytest.fixture
def folder(tmp_path: Path) -> OutputFolder:
    return OutputFolder(tmp_path / "dist")


@pytest.fixture
def strict_umask() -> Iterator[None]:
    before = os.umask(0o027)
    yield
    os.umask(before)


def everything_in(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
    }


def made_old(path: Path, *, days: float) -> None:
    long_ago = path.stat().st_mtime - days * DAY_S
    os.utime(path, (long_ago, long_ago))


def test_an_issue_is_written_whole_and_nothing_else_is_left(folder: OutputFolder):
    target = folder.write_issue("2026-W47", FILES)

    assert target == folder.root / "2026-W47"
    assert everything_in(folder.root) == {
        "2026-W47/index.html": b"<p>Rain</p>",
        "2026-W47/issue.json": b"{}",
    }


def test_an_issue_written_again_replaces_its_files(folder: OutputFolder):
    folder.write_issue("2026-W47", FILES)

    target = folder.write_issue("2026-W47", {"index.html": b"<p>Hail</p>", "issue.json": b"{}"})

    assert everything_in(target) == {"index.html": b"<p>Hail</p>", "issue.json": b"{}"}
    assert [path.name for path in folder.root.iterdir()] == ["2026-W47"]


def test_files_of_others_in_an_issue_are_carried_over(folder: OutputFolder):
    target = folder.write_issue("2026-W47", FILES)
    (target / "CNAME").write_text("news.example")
    (target / "pictures").mkdir()
    (target / "pictures" / "crane.svg").write_text("<svg/>")
    (target / "latest").symlink_to("index.html")

    folder.write_issue("2026-W47", FILES)

    assert (target / "CNAME").read_text() == "news.example"
    assert (target / "pictures" / "crane.svg").read_text() == "<svg/>"
    assert (target / "latest").readlink() == Path("index.html")


@pytest.mark.parametrize("name", [TOO_LONG, "missing/page.html", "a\0b"])
def test_an_issue_that_cannot_be_written_leaves_what_was_there(folder: OutputFolder, name: str):
    folder.write_issue("2026-W47", FILES)
    before = everything_in(folder.root)

    with pytest.raises(OutputError, match=r"cannot be written: .*--output"):
        folder.write_issue("2026-W47", {"index.html": b"new", name: b"new"})

    assert everything_in(folder.root) == before
    assert [path.name for path in folder.root.iterdir()] == ["2026-W47"]


def test_a_new_issue_that_cannot_be_written_is_absent(folder: OutputFolder):
    with pytest.raises(OutputError):
        folder.write_issue("2026-W47", {"index.html": b"new", TOO_LONG: b"new"})

    assert list(folder.root.iterdir()) == []


def test_pages_are_written_beside_the_issues(folder: OutputFolder):
    folder.write_pages({"index.html": b"one"})
    folder.write_pages({"index.html": b"two", "feed.xml": b"<rss/>"})

    assert everything_in(folder.root) == {"index.html": b"two", "feed.xml": b"<rss/>"}


def test_a_page_that_cannot_be_written_is_as_it_was(folder: OutputFolder):
    (folder.root / "index.html").mkdir(parents=True)

    with pytest.raises(OutputError):
        folder.write_pages({"index.html": b"new"})

    assert [path.name for path in folder.root.iterdir()] == ["index.html"]


@pytest.mark.usefixtures("strict_umask")
def test_rights_follow_the_umask(folder: OutputFolder):
    target = folder.write_issue("2026-W47", FILES)
    folder.write_pages({"index.html": b"one"})

    assert target.stat().st_mode & 0o777 == 0o750
    assert (target / "index.html").stat().st_mode & 0o777 == 0o640
    assert (folder.root / "index.html").stat().st_mode & 0o777 == 0o640


def test_a_folder_that_can_be_written_is_made_and_left_empty(folder: OutputFolder):
    folder.check()

    assert list(folder.root.iterdir()) == []


@pytest.mark.parametrize("act", ["check", "write_issue", "write_pages"])
def test_a_root_that_is_a_file_is_told_with_a_way_out(tmp_path: Path, act: str):
    (tmp_path / "dist").write_text("a file")
    folder = OutputFolder(tmp_path / "dist")
    arguments = {"check": (), "write_issue": ("2026-W47", FILES), "write_pages": (FILES,)}[act]

    with pytest.raises(OutputError, match=r"dist: cannot be written: .*choose another folder"):
        getattr(folder, act)(*arguments)


def test_what_a_killed_run_left_is_cleared_after_a_day(folder: OutputFolder):
    folder.write_issue("2026-W47", FILES)
    for name, days in {".newsletter-old": 2.0, ".newsletter-running": 0.5, ".git": 9.0}.items():
        (folder.root / name).mkdir()
        (folder.root / name / "index.html").write_text("half")
        made_old(folder.root / name, days=days)
    (folder.root / ".newsletter-page").write_text("half")
    made_old(folder.root / ".newsletter-page", days=2)

    folder.check()

    left = sorted(path.name for path in folder.root.iterdir())
    assert left == [".git", ".newsletter-running", "2026-W47"]


def test_an_issue_that_a_killed_run_had_moved_aside_comes_back(folder: OutputFolder):
    target = folder.write_issue("2026-W47", FILES)
    aside = folder.root / ".newsletter-aside-x"
    aside.mkdir()
    target.rename(aside / "2026-W47")
    made_old(aside, days=2)

    folder.check()

    assert everything_in(folder.root).keys() == {"2026-W47/index.html", "2026-W47/issue.json"}


def test_issues_are_listed_the_newest_week_first(folder: OutputFolder):
    for week in ("2026-W09", "2026-W47", "2025-W52"):
        folder.write_issue(week, {"issue.json": week.encode()})
    folder.write_pages({"index.html": b"one"})
    (folder.root / "2026-W48").mkdir()

    assert [text for _, text in folder.issues()] == ["2026-W47", "2026-W09", "2025-W52"]


def test_a_folder_that_does_not_exist_yet_has_no_issues(folder: OutputFolder):
    assert list(folder.issues()) == []


def test_an_issue_that_is_no_text_is_handed_on_for_others_to_judge(folder: OutputFolder):
    folder.write_issue("2026-W47", {"issue.json": b"\xff\xfe{"})

    assert [text for _, text in folder.issues()] == ["\ufffd\ufffd{"]


def test_an_issue_that_cannot_be_read_is_told(folder: OutputFolder):
    (folder.root / "2026-W47" / "issue.json").mkdir(parents=True)

    with pytest.raises(OutputError, match=r"issue\.json: cannot be read"):
        list(folder.issues())


@pytest.mark.parametrize("name", ["..", ".", "", "../dist", "2026-W47/..", "/"])
def test_only_the_folder_of_an_issue_is_read(folder: OutputFolder, tmp_path: Path, name: str):
    folder.write_issue("2026-W47", FILES)
    (tmp_path / "feeds.yaml").write_text("title: Tideline")

    assert folder.read_issue(name) == {}
