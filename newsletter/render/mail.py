"""Fits an issue into the size at which mail programs still show a message whole."""

from binascii import b2a_qp
from bisect import bisect_left
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import replace

from newsletter.render.views import IssueView, SectionView, StoryView, counted, told_by_model

# Gmail clips what is longer. Whether it counts the bytes encoded is disputed: both must fit.
MAX_BYTES = 102_400


def quoted_printable(text: str) -> bytes:
    """Return *text* as UTF-8 in quoted-printable with CRLF line ends (RFC 2045, 6.7)."""
    lines = text.replace("\r\n", "\n").replace("\n", "\r\n")
    return b2a_qp(lines.encode(), istext=True)


def fitted(view: IssueView, draw: Callable[[IssueView], str]) -> tuple[str, tuple[str, ...]]:
    """Return the mail's HTML within `MAX_BYTES`, and in words what had to give way.

    The lowest-ranked stories give way first (smallest score, ties by id), the lead last: one by
    one they lose their summary, then all but their place in a line that counts them.
    """
    stories = [story for section in view.sections for story in section.stories]
    low_first = [
        story.id
        for story in sorted(stories, key=lambda story: (story.score, story.id))
        if story is not view.lead
    ]
    lead = [view.lead.id] if view.lead else []
    steps = [*((id_, 0) for id_ in low_first), *((id_, 1) for id_ in low_first)]
    steps += [(id_, level) for level in (0, 1) for id_ in lead]

    def cut(count: int) -> tuple[str, tuple[str, ...]]:
        brief = {id_ for id_, level in steps[:count] if level == 0}
        gone = {id_ for id_, level in steps[:count] if level == 1}
        return draw(_cut(view, brief, gone)), _said(stories, brief, gone)

    def fits(count: int) -> bool:
        html, _ = cut(count)
        return max(len(html.encode()), len(quoted_printable(html))) <= MAX_BYTES

    if fits(0):
        return cut(0)
    return cut(bisect_left(range(len(steps)), True, lo=1, key=fits))


def _cut(view: IssueView, brief: AbstractSet[str], gone: AbstractSet[str]) -> IssueView:
    def told(story: StoryView) -> StoryView:
        if story.id not in brief:
            return story
        return replace(story, summary="", pieces=(), run_in="", timeline=(), differing="")

    def kept(sections: tuple[SectionView, ...]) -> tuple[SectionView, ...]:
        thinned = (
            replace(
                section,
                stories=tuple(told(story) for story in section.stories if story.id not in gone),
            )
            for section in sections
        )
        return tuple(section for section in thinned if section.stories)

    sections = kept(view.sections)
    return replace(
        view,
        lead=told(view.lead) if view.lead and view.lead.id not in gone else None,
        sections=sections,
        below_lead=kept(view.below_lead),
        left_out=counted(len(gone), "more story") if gone else "",
        by_model=told_by_model(sections),
    )


def _said(
    stories: list[StoryView], brief: AbstractSet[str], gone: AbstractSet[str]
) -> tuple[str, ...]:
    shorter = [story for story in stories if story.id in brief - gone and story.summary]
    said = []
    if shorter:
        said.append(f"email.html: {counted(len(shorter), 'story')} without summary, to fit")
    if gone:
        said.append(f"email.html: {counted(len(gone), 'story')} on the web only, to fit")
    return tuple(said)
