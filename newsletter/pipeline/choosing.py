"""Choosing with an editor's hand: what she keeps comes first, what a build chose stays."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from newsletter.issue.keeping import kept_by
from newsletter.model import Decision, Edit, Ranked
from newsletter.stories.rank import Choice, Desk, choose

Choosing = Callable[[Sequence[Ranked], Desk], Choice]

_LATE = "the issue was built without it; the next build may choose it (newsletter build-issue)"


def keeping(edits: Sequence[Edit]) -> Choosing:
    """Return what chooses the stories that *edits* keep first, and of the others what fits in."""

    def chosen(ranked: Sequence[Ranked], desk: Desk) -> Choice:
        return choose(ranked, desk, kept=kept_by(edits, _holders(ranked)))

    return chosen


def as_built(built: Sequence[Sequence[str]], decisions: Sequence[Decision]) -> Choosing:
    """Return what chooses again the stories that a build chose, though some were merged or split.

    *built* has the articles of each, by id, the lead first; *decisions* are those that hold now.
    Of a story that was split its largest part stays, and those that rank and quotas let in. One
    that fell apart as a merge was taken back has only the latter, if there are any. Nothing else
    comes in. What came between, and what edits keep, does not count: whatever is taken back, in any
    order, all is as it was.
    """
    apart = [{one.article_id, one.other_id} for one in decisions if one.kind == "apart"]

    def chosen(ranked: Sequence[Ranked], desk: Desk) -> Choice:
        free, holders = choose(ranked, desk), _holders(ranked)
        let_in = {one.story.id for one in free.chosen}
        stay: set[str] = set()
        for story in built:
            parts = Counter(holders[id_] for id_ in story if id_ in holders)
            ranking = parts.keys() & let_in
            stay |= ranking
            if not ranking or any(pair.issubset(story) for pair in apart):
                stay |= {id_ for id_, _ in parts.most_common(1)}
        reasons = {one.story.id: reason for one, reason in free.passed_over}
        return Choice(
            chosen=tuple(one for one in ranked if one.story.id in stay),
            passed_over=tuple(
                (one, reasons.get(one.story.id, _LATE))
                for one in ranked
                if one.story.id not in stay
            ),
        )

    return chosen


def _holders(ranked: Sequence[Ranked]) -> Mapping[str, str]:
    """Return the id of the story that each article is of, by the article's."""
    return {article.id: one.story.id for one in ranked for article in one.story.articles}
