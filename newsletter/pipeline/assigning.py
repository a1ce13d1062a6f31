"""Assigning: which stories of an issue are told in full, and which in one sentence."""

from collections.abc import Mapping, Sequence

from newsletter.model import Assignment, Ranked
from newsletter.pipeline.material import Brief

_LEAD, _MAIN, _TAIL = 4, 3, 1  # sentences at most
_SHARE = 2 / 3  # of an issue's stories are told in full, unless the editor says how many
_FEWEST = 3


def assignments(
    chosen: Sequence[Ranked], brief: Brief, repeated: Mapping[str, frozenset[int]]
) -> tuple[Assignment, ...]:
    """Return what is asked of each of the *chosen* stories, in their order.

    By rank over all sections: the first gets up to four sentences, as many as the brief wants told
    in full up to three, those after them one. *repeated* are the paragraphs of articles, by id,
    that their outlets print again and again.
    """
    full = brief.full if brief.full is not None else max(_FEWEST, round(_SHARE * brief.stories))
    by_rank = sorted(range(len(chosen)), key=lambda place: (-chosen[place].score, place))
    rank = {place: order for order, place in enumerate(by_rank)}
    return tuple(
        Assignment(
            sentences=_LEAD if rank[place] == 0 else _MAIN if rank[place] < full else _TAIL,
            repeated={
                article.id: repeated[article.id]
                for article in chosen[place].story.articles
                if article.id in repeated
            },
            timezone=brief.masthead.timezone,
            sentence_case=brief.sentence_case,
        )
        for place in range(len(chosen))
    )
