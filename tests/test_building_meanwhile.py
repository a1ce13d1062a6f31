"""What an editor does while an issue is being built is in it when it is built."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from edited_weeks import CONFIG, MOMENT, WEEK, a_copy, build, desk_in, laid_out, later, named, seen

from newsletter import wiring
from newsletter.cli.assembly import gathering
from newsletter.cli.assembly_build import building
from newsletter.config import load
from newsletter.errors import IssueError
from newsletter.issue.finding import find_story
from newsletter.model import Edited, Wish
from newsletter.pipeline.build import BuildReport
from newsletter.pipeline.build import build as build_issue
from newsletter.pipeline.editing import EditingDesk, change, redo, undo
from newsletter.pipeline.listing import listed
from newsletter.pipeline.looking import ranked_lower


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return laid_out(tmp_path_factory.mktemp("full"), more=26)


@pytest.fixture
def full_week(built_once: Path, tmp_path: Path) -> Path:
    """Return the workspace of a week with more stories than an editor has at hand."""
    return Path(shutil.copytree(built_once, tmp_path / "week"))


def built(folder: Path, meanwhile: Callable[[], object]) -> BuildReport:
    """Build the week; before each printing, *meanwhile* happens."""
    configuration = load(folder / "feeds.yaml")
    with wiring.store(configuration) as store:
        doors = gathering(
            configuration,
            store,
            wiring.workers(),
            MOMENT + timedelta(hours=1),
            offline=True,
            retry=False,
            progress=lambda done, of: None,
        )
        settled = building(
            configuration,
            store,
            doors,
            week=None,
            output=None,
            discard=False,
            announce=lambda stage: meanwhile() if stage == "rendering" else None,
        )
        return build_issue(replace(settled, begin=store.transaction), lambda gathered: None)


def merge(found: Edited, first: str, second: str) -> Wish:
    return Wish(kind="merge", story=named(found, first).id, ids=(named(found, second).id,))


def sources(found: Edited, id_: str | None) -> int:
    story = find_story(found, str(id_))
    return len(story.articles) if story else 0


def far_story(desk: EditingDesk) -> str:
    """Return the id of the story that ranks lowest: it is not at hand."""
    found = seen(desk)
    lowest = listed(desk.store.built(WEEK))[-1].id
    assert lowest not in {one.story.id for one in found.candidates}
    return lowest


def once(act: Callable[[], object]) -> Callable[[], object]:
    done: list[object] = []
    return lambda: done or done.append(act())


def test_stories_merged_while_it_is_built_are_one(tmp_path: Path):
    folder = a_copy(tmp_path / "week")
    with desk_in(folder) as desk:
        wish = merge(seen(desk), "cranes", "herring")

        report = built(folder, once(lambda: change(WEEK, [wish], desk)))

        assert [one.state for one in report.effects] == ["applied"]
        assert sources(seen(desk), wish.story) == 2


def test_a_low_story_brought_in_while_it_is_built_is_there(full_week: Path):
    with desk_in(full_week) as desk:
        wish = Wish(kind="headline", story=far_story(desk), text="From afar")

        report = built(full_week, once(lambda: change(WEEK, [wish], desk)))

        assert [one.state for one in report.effects] == ["applied"]
        assert "From afar" in {story.headline for story in report.issue.stories}


def test_an_issue_decided_on_again_and_again_stays_as_the_last_change_left_it(tmp_path: Path):
    folder = a_copy(tmp_path / "week")
    with desk_in(folder) as desk:
        steps = iter(range(1, 100))
        wish = merge(seen(desk), "cranes", "herring")

        def meanwhile() -> None:
            step = next(steps)
            at = later(desk, 100 * step)
            change(WEEK, [wish], at) if step % 2 else undo(WEEK, at)

        with pytest.raises(IssueError, match="decided on again and again"):
            built(folder, meanwhile)

        assert sources(seen(desk), wish.story) == (1 if next(steps) % 2 else 2)


def test_what_is_found_below_a_full_issue_names_the_places_of_the_dropped(full_week: Path):
    with desk_in(full_week) as desk:
        dropped = [Wish(kind="drop", story=one.id) for one in seen(desk).issue.stories[:2]]
        change(WEEK, dropped, desk)

        found = ranked_lower(WEEK, "cup", desk.store)

        assert found[-1].reason == (
            "the issue was full (issue.stories is 4; 2 dropped by hand keep their places)"
        )


def test_work_on_a_low_story_is_brought_back_after_a_rebuild(full_week: Path):
    with desk_in(full_week) as desk:
        change(WEEK, [Wish(kind="headline", story=far_story(desk), text="From afar")], desk)
        undo(WEEK, later(desk))
        build(full_week, now="2026-11-20T14:00:00Z")

        changed = redo(WEEK, later(desk, 4_000))

        assert changed.opened.effects[-1].state == "applied"
        assert "From afar" in {story.headline for story in changed.opened.issue.stories}


@pytest.mark.parametrize(
    ("now", "narrower"),
    [
        pytest.param("stories: 4", "stories: 2", id="the issue"),
        pytest.param("- name: Coast", "- name: Coast\n    stories: 1", id="a section"),
    ],
)
def test_a_merge_leaves_as_many_stories_as_there_were(tmp_path: Path, now: str, narrower: str):
    folder = a_copy(tmp_path / "week")
    (folder / "feeds.yaml").write_text(CONFIG.replace(now, narrower))
    with desk_in(folder) as desk:
        before = len(seen(desk).issue.stories)

        change(WEEK, [merge(seen(desk), "cranes", "herring")], desk)

        assert len(seen(desk).issue.stories) == before
