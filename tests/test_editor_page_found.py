"""What ranked too low for the candidates is found by its words, and comes in like any other."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from edited_weeks import WEEK, desk_in, laid_out, named, seen
from editor_browsing import come, fake, order, page, said, server
from editor_desk import EditedDesk

from newsletter.errors import WishError
from newsletter.model import Wish
from newsletter.pipeline.editing import change
from newsletter.pipeline.looking import ranked_lower

__all__ = ["fake", "page", "server"]


def test_a_story_of_low_rank_is_found_by_its_words_and_brought_in(tmp_path: Path):
    with desk_in(laid_out(tmp_path, more=30)) as desk:
        found = ranked_lower(WEEK, " WIN  the cup ", desk.store)
        at_hand = seen(desk)
        low = found[-1]

        change(WEEK, [Wish(kind="pin", story=low.id)], desk)

        assert len(found) + len(at_hand.candidates) + len(at_hand.issue.stories) == 32
        assert low.reason == "the issue was full (issue.stories is 4)"
        assert named(seen(desk), low.headline) in seen(desk).issue.stories
        assert low not in ranked_lower(WEEK, "cup", desk.store)


def test_what_is_before_the_editor_already_is_not_found_again(tmp_path: Path):
    with desk_in(laid_out(tmp_path)) as desk:
        words = ("flood", "herring", "", " ")

        assert [ranked_lower(WEEK, one, desk.store) for one in words] == [()] * 4
        with pytest.raises(WishError, match="2026-W30 has not been built"):
            ranked_lower("2026-W30", "flood", desk.store)


def test_the_drawer_finds_it_below_its_own_list(fake: EditedDesk, page: Any):
    base = fake.editor.base
    low = base.candidates[-1]
    low = replace(low, story=replace(low.story, headline="A kiln is lit again"))
    fake.editor.base, fake.editor.lower = replace(base, candidates=base.candidates[:-1]), (low,)
    come(page, page.reload)
    page.get_by_role("searchbox").fill("kiln")
    row = page.locator(f"#found-{low.story.id}")

    row.get_by_role("button", name="Add: A kiln is lit again").click()
    told = said(page, "Brought in")
    row.wait_for(state="detached")

    assert "A kiln is lit again" in told
    assert low.story.id in order(fake, low.section)
    assert page.locator("#found-none").is_visible()
