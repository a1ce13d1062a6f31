"""The workflow for GitHub: it asks for little, comes in time, and keeps what it published."""

import os
import re
import shutil
import subprocess
from datetime import UTC, timedelta
from pathlib import Path

import pytest
from apscheduler.triggers.cron import CronTrigger
from deploying import ROOT, steps, yaml

from newsletter.config import load
from newsletter.weeks import instant


def test_the_workflow_may_push_and_nothing_else():
    workflow = yaml("pages.yml")
    (job,) = workflow["jobs"].values()

    assert workflow["permissions"] == {}
    assert job["permissions"] == {"contents": "write"}
    assert workflow["concurrency"] == {"group": "newsletter", "cancel-in-progress": False}


def test_no_text_of_others_gets_into_a_script_of_the_workflow():
    assert not [step["run"] for step in steps() if "${{" in step.get("run", "")]


@pytest.mark.parametrize("week", ["2026-W30", "2026-W47"], ids=["summer", "winter"])
def test_the_workflow_runs_soon_after_the_instant_and_again(week: str):
    turns = [
        # To this reader Monday is 0, to cron Sunday.
        CronTrigger.from_crontab(re.sub(r"\b0$", "sun", turn["cron"]), timezone=UTC)
        for turn in yaml("pages.yml")["on"]["schedule"]
    ]
    due = instant(load(ROOT / "feeds.yaml").settings.weekly, week)

    after = []
    moment = due
    while len(after) < 4:
        moment = min(turn.get_next_fire_time(None, moment) for turn in turns)
        after.append(moment - due)
        moment += timedelta(seconds=1)

    assert after[0] <= timedelta(minutes=5)
    assert after[3] <= timedelta(hours=1)


class Runner:
    """A GitHub runner as far as the workflow's own scripts need one: a fresh disk at each run."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._runs = 0
        self.remote = folder / "remote.git"
        subprocess.run(["git", "init", "--quiet", "--bare", str(self.remote)], check=True)

    def run(self, newsletter: str) -> str:
        """Run the scripts with *newsletter* in the program's place; return the cache's name."""
        self._runs += 1
        disk = self._folder / f"disk{self._runs}"
        disk.mkdir()
        scripts = {step.get("id"): step.get("run") for step in steps()}
        said = disk / "output"
        for script in (scripts["published"], newsletter, scripts["publish"]):
            subprocess.run(
                ["bash", "-e", "-c", script],
                cwd=disk,
                env={
                    "PATH": os.environ["PATH"],
                    "HOME": str(self._folder),
                    "REMOTE": str(self.remote),
                    "GITHUB_OUTPUT": str(said),
                },
                check=True,
                capture_output=True,
            )
        return said.read_text().splitlines()[-1].removeprefix("at=")

    def published(self) -> set[str]:
        shown = subprocess.run(
            ["git", "--git-dir", str(self.remote), "ls-tree", "-r", "--name-only", "gh-pages"],
            capture_output=True,
            text=True,
            check=True,
        )
        return set(shown.stdout.split())


def test_what_one_run_publishes_the_next_one_finds(tmp_path: Path):
    runner = Runner(tmp_path)

    first = runner.run("mkdir site/2026-W47 && echo {} > site/2026-W47/issue.json")
    quiet = runner.run("test -f site/2026-W47/issue.json")
    later = runner.run("mkdir site/2026-W48 && echo {} > site/2026-W48/issue.json")

    assert runner.published() == {".nojekyll", "2026-W47/issue.json", "2026-W48/issue.json"}
    assert first == quiet
    assert later != first


def test_what_a_killed_run_left_behind_is_not_published(tmp_path: Path):
    runner = Runner(tmp_path)

    runner.run("mkdir site/.newsletter-x && touch site/.newsletter-x/index.html site/index.html")

    assert runner.published() == {".nojekyll", "index.html"}


def test_a_branch_that_cannot_be_reached_is_not_taken_for_a_new_one(tmp_path: Path):
    runner = Runner(tmp_path)
    shutil.rmtree(runner.remote)

    with pytest.raises(subprocess.CalledProcessError):
        runner.run("touch site/index.html")
