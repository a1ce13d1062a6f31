"""A writer that is killed, or has no room: nothing half-written is seen, nothing is left behind."""

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from desks import files

from newsletter.deliver import OutputFolder
from newsletter.errors import OutputError

FILES = {"index.html": b"<p>Rain</p>", "issue.json": b"{}"}
# Writes editions of two kinds in turn, and says so once each kind was there.
WRITER = """
import sys
from pathlib import Path
from newsletter.deliver import OutputFolder

folder, number = OutputFolder(Path(sys.argv[1])), 0
while True:
    number += 1
    kind = b"%d" % (number % 2) * 20_000
    folder.write_issue("2026-W47", {name: kind for name in ("a.html", "b.html", "c.html")})
    folder.write_pages({name: kind for name in ("index.html", "feed.xml")})
    if number == 2:
        print("writing", flush=True)
"""
# Holds a folder that is still being written.
HOLDER = """
import sys
from pathlib import Path
from newsletter.deliver.scratch import Scratch

with Scratch(Path(sys.argv[1])).folder() as fresh:
    (fresh / "index.html").write_text("half")
    print(fresh.name, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def folder(tmp_path: Path) -> OutputFolder:
    return OutputFolder(tmp_path / "dist")


@contextmanager
def started(program: str, root: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Yield a running program and the first line that it said; it is killed afterwards."""
    with subprocess.Popen(
        [sys.executable, "-c", program, str(root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """Let no file grow beyond *size*: writing more fails, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    signal_before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, signal_before)


def kinds(found: dict[str, bytes], *names: str) -> set[bytes]:
    return {found[name] for name in names}


def test_a_writer_killed_at_any_instant_leaves_whole_editions(folder: OutputFolder):
    whole = {b"0" * 20_000, b"1" * 20_000}
    for pause_s in (0.0, 0.003, 0.007, 0.011):
        with started(WRITER, folder.root) as (process, _):
            time.sleep(pause_s)
            process.kill()
            process.wait()

        folder.check()
        found = files(folder.root)
        assert set(found) == {
            *(f"2026-W47/{name}.html" for name in "abc"), "index.html", "feed.xml"
        }  # fmt: skip
        assert len(kinds(found, *(f"2026-W47/{name}.html" for name in "abc"))) == 1
        assert set(found.values()) <= whole


def test_what_a_killed_writer_left_is_cleared_at_once(folder: OutputFolder):
    folder.write_issue("2026-W47", FILES)
    with started(HOLDER, folder.root) as (process, name):
        process.kill()
        process.wait()
        assert (folder.root / name).is_dir()

    folder.check()

    assert [path.name for path in folder.root.iterdir()] == ["2026-W47"]


def test_what_a_living_writer_is_still_writing_stays(folder: OutputFolder):
    folder.check()
    with started(HOLDER, folder.root) as (_, name):
        folder.check()

        assert files(folder.root) == {f"{name}/index.html": b"half"}


def test_an_issue_that_stepped_aside_comes_back_at_once(folder: OutputFolder):
    target = folder.write_issue("2026-W47", FILES)
    aside = folder.root / ".newsletter-aside-x"
    aside.mkdir()
    target.rename(aside / "2026-W47")

    folder.check()

    assert files(folder.root).keys() == {"2026-W47/index.html", "2026-W47/issue.json"}


def test_somebody_elses_leftover_that_cannot_be_opened_is_left_to_time(folder: OutputFolder):
    folder.check()
    (folder.root / ".newsletter-held-x").symlink_to("nowhere")

    folder.check()

    assert (folder.root / ".newsletter-held-x").is_symlink()


def test_a_full_disk_leaves_the_old_issue_whole_and_is_one_line(folder: OutputFolder):
    folder.write_issue("2026-W47", FILES)
    before = files(folder.root)

    with (
        room_for(1_000),
        pytest.raises(OutputError, match=r"cannot be written: .*--output") as told,
    ):
        folder.write_issue("2026-W47", {"index.html": b"new", "issue.json": b"x" * 2_000})

    assert files(folder.root) == before
    assert "\n" not in str(told.value)


def test_a_full_disk_leaves_all_pages_as_they_were(folder: OutputFolder):
    folder.write_pages({"feed.xml": b"old", "index.html": b"old", "latest.html": b"old"})

    with room_for(1_000), pytest.raises(OutputError):
        folder.write_pages({"feed.xml": b"new", "index.html": b"x" * 2_000, "latest.html": b"new"})

    assert set(files(folder.root).values()) == {b"old"}
    assert len(files(folder.root)) == 3


def test_an_issues_folder_that_is_a_link_is_replaced_and_what_it_led_to_stays(
    folder: OutputFolder, tmp_path: Path
):
    folder.check()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "mine.txt").write_text("mine")
    (folder.root / "2026-W47").symlink_to(tmp_path / "elsewhere")

    folder.write_issue("2026-W47", FILES)

    assert not (folder.root / "2026-W47").is_symlink()
    assert (tmp_path / "elsewhere" / "mine.txt").read_text() == "mine"
    assert [path.name for path in folder.root.iterdir()] == ["2026-W47"]


def test_no_reader_ever_misses_an_issue_that_is_written_again(folder: OutputFolder):
    if sys.platform != "linux":
        pytest.skip("only Linux exchanges two folders in one step")
    with started(WRITER, folder.root):
        missed = 0
        until = time.monotonic() + 0.3
        while time.monotonic() < until:
            missed += not os.path.isdir(folder.root / "2026-W47")  # noqa: PTH112  quicker

    assert missed == 0
