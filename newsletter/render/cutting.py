"""Takes from an issue what a mail has no room for, the lowest-ranked stories first."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from newsletter.render.views import IssueView, SectionView, StoryView, counted, told_by_model

Cut = tuple[str, Literal["brief", "gone"]]  # a story's id and what becomes of it


def stories_of(view: IssueView) -> list[StoryView]:
    """Return the stories of *view* in printed order."""
    return [story for section in view.sections for story in section.stories]


def steps_of(view: IssueView) -> list[Cut]:
    """Return all that can give way, in the order in which it does.

    Stories lose all but headline and sources, the lowest-ranked first (smallest score, ties by id),
    then they go in the same order; the lead after all others.
    """
    ranked = sorted(stories_of(view), key=lambda story: (story.score, story.id))
    low_first = [story.id for story in ranked if story is not view.lead]
    lead = [view.lead.id] if view.lead else []
    steps: list[Cut] = [(id_, "brief") for id_ in low_first]
    steps += [(id_, "gone") for id_ in low_first]
    return [*steps, *((id_, "brief") for id_ in lead), *((id_, "gone") for id_ in lead)]


def cut_to(view: IssueView, steps: Sequence[Cut]) -> IssueView:
    """Return *view* after *steps*: what is left numbered through, what is gone counted."""
    brief = {id_ for id_, what in steps if what == "brief"}
    gone = {id_ for id_, what in steps if what == "gone"}
    left = [story for story in stories_of(view) if story.id not in gone]
    shown = {
        story.id: replace(_briefly(story) if story.id in brief else story, number=number)
        for number, story in enumerate(left, start=1)
    }

    def kept(sections: Sequence[SectionView]) -> Iterator[SectionView]:
        for section in sections:
            stories = tuple(shown[story.id] for story in section.stories if story.id in shown)
            if stories:
                yield replace(section, stories=stories)

    sections = tuple(kept(view.sections))
    return replace(
        view,
        lead=shown.get(view.lead.id) if view.lead else None,
        sections=sections,
        below_lead=tuple(kept(view.below_lead)),
        left_out=counted(len(gone), "more story") if gone else "",
        by_model=told_by_model(sections),
    )


def _briefly(story: StoryView) -> StoryView:
    return replace(
        story,
        summary="", pieces=(), run_in="", timeline=(), differing="", difference="", picture=None,
        is_brief=True,
    )  # fmt: skip


def said(view: IssueView, steps: Sequence[Cut]) -> tuple[str, ...]:
    """Return in words what *steps* took from the mail."""
    gone = {id_ for id_, what in steps if what == "gone"}
    brief = {id_ for id_, what in steps if what == "brief"} - gone
    shorter = [story for story in stories_of(view) if story.id in brief and story.summary]
    told = []
    if shorter:
        told.append(f"email.html: {counted(len(shorter), 'story')} without summary, to fit")
    if gone:
        told.append(f"email.html: {counted(len(gone), 'story')} on the web only, to fit")
    return tuple(told)
