"""`newsletter run --once`: what is due is done, what is not is not, and it says so."""

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from desks import CONFIG, FLOOD_A

from newsletter.cli.app import run
from newsletter.model import Claim
from newsletter.scheduler import owner
from newsletter.store import open_store

FIRST = "2026-11-21T12:00:00Z"  # the first start, a day before the instant
AT = "2026-11-22T18:00:10Z"
MORE = """\
schedule: {publish: sunday 18:00}
notify: []
"""

Once = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of one story that was started a day before its instant; tests work on copies."""
    folder = tmp_path_factory.mktemp("begun")
    (folder / "feeds.yaml").write_text(CONFIG.replace("400d", "400d, min_stories: 1") + MORE)
    (folder / "seeds").mkdir()
    (folder / "seeds" / "a.txt").write_text(FLOOD_A)
    config = ["--config", str(folder / "feeds.yaml")]
    assert run(["run", "--once", "--offline", "--now", FIRST, *config]) == 0
    return folder


@pytest.fixture
def started(begun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(begun, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def once(started: Path, capsys: pytest.CaptureFixture[str]) -> Once:
    """Runs once at some moment; returns exit code, stdout, stderr."""
    capsys.readouterr()

    def done(now: str, *arguments: str) -> tuple[int, str, str]:
        code = run(["run", "--once", "--offline", "--now", now, *arguments])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return done


def claimed(folder: Path, owner: str) -> Claim:
    # A slow machine may take long from here to the run: the claim is still alive then.
    moment = datetime.now(UTC) + timedelta(seconds=14)
    with open_store(f"sqlite:///{folder / 'newsletter.db'}") as store:
        claim = store.claim(
            "publish", "2026-W47", owner=owner, now=moment, beat_at=moment, lease_s=15
        )
    assert claim
    return claim


def test_at_the_instant_the_week_is_published_and_said_to_be(started: Path, once: Once) -> None:
    code, out, err = once(AT)

    assert code == 0
    assert "publish 2026-W47: done: published" in out
    assert "next: " in err
    assert (started / "dist" / "2026-W47" / "index.html").is_file()


def test_before_it_nothing_is_due_and_that_is_no_failure(once: Once) -> None:
    code, out, err = once("2026-11-21T12:00:30Z")

    assert (code, out) == (0, "nothing is due\n")
    assert err == "next: Saturday 2026-11-21 13:00 +00:00\n"


def test_json_says_what_was_done_and_what_comes_next(once: Once) -> None:
    code, out, _ = once(AT, "--json")
    said = json.loads(out)

    assert code == 0
    did = [(one["job"], one["period"], one["state"]) for one in said["did"]]
    assert ("publish", "2026-W47", "done") in did
    assert said["next"] == "2026-11-22T19:00:00Z"
    assert said["busy"] == []


def test_where_another_process_is_at_work_it_leaves_it_alone(started: Path, once: Once) -> None:
    claimed(started, owner())

    code, out, _ = once(AT)

    assert code == 0
    assert "publish 2026-W47: another process is at it\n" in out
    assert not (started / "dist" / "2026-W47").exists()


def test_where_that_process_was_killed_its_work_is_done_at_once(started: Path, once: Once) -> None:
    *where, number, _ = owner().split("/")
    claimed(started, "/".join([*where, number, "1"]))

    code, out, err = once(AT)

    assert code == 0
    assert "publish 2026-W47: done" in out
    assert "ended before its time" in err


def test_an_issue_that_cannot_be_made_is_a_failure_and_is_tried_again(
    started: Path, once: Once
) -> None:
    (started / "templates").mkdir()
    (started / "templates" / "web.html.j2").write_text("{% if %}")

    code, out, _ = once(AT)

    assert code == 1
    assert "publish 2026-W47: waiting: failed: " in out
    assert "tried again in 1 min" in out


def test_a_database_that_cannot_be_used_is_a_failure(workspace: Path) -> None:
    with (workspace / "feeds.yaml").open("a") as feeds:
        feeds.write("database: nowhere/newsletter.db\n")

    assert run(["run", "--once", "--offline"]) == 1


@pytest.mark.parametrize("arguments", [["--now", AT], ["--json"]], ids=["now", "json"])
def test_what_belongs_to_once_is_wrong_usage_without_it(
    workspace: Path, arguments: list[str]
) -> None:
    assert run(["run", *arguments]) == 2


def test_a_new_runner_takes_what_lies_in_dist_as_published(started: Path, once: Once) -> None:
    assert run(["build-issue", "--offline", "--now", FIRST, "-q"]) == 0
    assert run(["publish", "--now", FIRST, "-q"]) == 0
    (started / "newsletter.db").unlink()

    code, out, _ = once(AT)

    assert code == 0
    assert "publish 2026-W47: done: published: built" not in out
    with open_store(f"sqlite:///{started / 'newsletter.db'}") as store:
        assert [issue.id for issue in store.published(5)] == ["2026-W47"]
