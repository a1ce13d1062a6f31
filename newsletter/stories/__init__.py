"""Which articles tell the same story, which only repeat one another, and why."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from newsletter.model import Article, Bond, Frequencies, Reading, Story
from newsletter.stories.affairs import joined
from newsletter.stories.copies import RESEMBLANCE, Copy, find_copies
from newsletter.stories.counting import count
from newsletter.stories.decisions import Settled
from newsletter.stories.explain import event_bond, stories
from newsletter.stories.frequencies import learned
from newsletter.stories.linkage import Families, groups, united
from newsletter.stories.meaning import Vectors
from newsletter.stories.reading import read, readings_of, unread
from newsletter.stories.similarity import CAUTION, THRESHOLD, Window, pairs, scores, scores_of
from newsletter.stories.weights import weigh

__all__ = [
    "RESEMBLANCE",
    "THRESHOLD",
    "between",
    "cluster",
    "compare",
    "copy_groups",
    "learned",
    "read",
    "unread",
]

Background = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Looked:
    """Articles as they are looked at together: the copies, the rest as a window, by decision.

    `families` are of the window's rows.
    """

    copies: Mapping[str, Copy]
    window: Window
    families: Families

    def rows(self) -> Mapping[str, int]:
        """Return the window's row of every article by id, for a copy that of its original."""
        found = {article.id: row for row, article in enumerate(self.window.articles)}
        return found | {id_: found[copy.original_id] for id_, copy in self.copies.items()}


def cluster(
    articles: Sequence[Article],
    *,
    background: Background,
    use_dates: bool = True,
    readings: Mapping[str, Reading] | None = None,
    history: Frequencies | None = None,
    decisions: Settled | None = None,
    vectors: Mapping[str, Vectors] | None = None,
    threshold: float = THRESHOLD,
) -> tuple[Story, ...]:
    """Return the stories that *articles* tell, each article in exactly one, ordered by story id.

    Copies are found first and go where their original goes, so that a text printed by ten outlets
    weighs once. What is left is scored in pairs and grouped by average linkage. *background* gives
    for each language its words' shares of all words (`newsletter.workspace.word_frequencies`),
    *history* how common terms were in earlier weeks. Without *use_dates*, `published` plays no part
    in who belongs together. *readings*, by article id, save reading again what they tell as it is;
    they change nothing else.

    *vectors*, by article id, are what an embedding model makes of the articles: rows of length 1.

    What *decisions* put together is in one story with all that each brings, and what they part
    never is; a parted copy is no copy. Everything else goes to the nearer side.

    Two groups are one story from a mean score of *threshold* on. The order of *articles* changes
    nothing; their ids must differ.
    """
    if not articles:
        return ()
    looked = _looked(articles, background, readings, history, decisions, use_dates=use_dates)
    if vectors:
        looked = replace(looked, window=looked.window.with_meaning(vectors))
    matrix = scores(pairs(looked.window))
    found = groups(matrix, threshold, looked.families, caution=CAUTION)
    found = united(joined(found, matrix, looked.window, looked.families), looked.families)
    by_id = {article.id: article for article in articles}
    told = stories(looked.window, matrix, found, looked.copies, by_id, decisions)
    return tuple(sorted(told, key=lambda story: story.id))


def copy_groups(
    articles: Sequence[Article], *, readings: Mapping[str, Reading] | None = None
) -> Mapping[str, str]:
    """Return the id of every copy among *articles* with the id of the article that it repeats."""
    ordered = sorted(articles, key=lambda article: article.id)
    copies = find_copies(ordered, readings_of(ordered, readings or {}))
    return {copy_id: copies[copy_id].original_id for copy_id in sorted(copies)}


def compare(
    first: str,
    second: str,
    articles: Sequence[Article],
    *,
    background: Background,
    use_dates: bool = True,
    readings: Mapping[str, Reading] | None = None,
    history: Frequencies | None = None,
    decisions: Settled | None = None,
) -> Bond:
    """Return how near two of *articles* are, by their ids, among all of them, as `cluster` saw it.

    Of two copies of one text it is a bond of kind copy; else each stands for its original. Where
    *decisions* say of the two that they belong together or not, it is of kind editor.

    Raises:
        ValueError: the two are one, or not both among *articles*.
    """
    if first == second or not {first, second} <= {article.id for article in articles}:
        raise ValueError(f"{first!r} and {second!r} are not two of the articles")
    looked = _looked(articles, background, readings, history, decisions, use_dates=use_dates)
    rows = looked.rows()
    row, other = rows[first], rows[second]
    if row == other:
        copy_id = first if first in looked.copies else second
        copy = looked.copies[copy_id]
        return Bond(
            article_id=copy_id,
            other_id=copy.nearest_id,
            kind="copy",
            score=copy.score,
            threshold=RESEMBLANCE,
        )
    scale = pairs(looked.window).scale
    score = scores_of(looked.window, scale, [row], [other])[0]
    is_decided = decisions is not None and _decided(first, second, decisions)
    return event_bond(looked.window, row, other, float(score), by_editor=is_decided)


def between(
    groups: Sequence[tuple[Sequence[str], Sequence[str]]],
    articles: Sequence[Article],
    *,
    background: Background,
    history: Frequencies | None = None,
    use_dates: bool = False,
    readings: Mapping[str, Reading] | None = None,
    decisions: Settled | None = None,
) -> list[float]:
    """Return for each pair of groups of ids the mean score between the articles of both.

    It is the mean that the linkage of `cluster` would see if all *articles* were one window,
    however small: 0 or more, mostly under 1, and at THRESHOLD the two groups would be one story. A
    copy stands for its original and counts once; an article and its copy are as near as 1.0, and
    so is an article that is in both groups. What *decisions* part is no copy. A group without
    articles is near to nothing (0.0).

    Raises:
        ValueError: an id is not among *articles*.
    """
    if not articles or not groups:
        return [0.0 for _ in groups]
    looked = _looked(articles, background, readings, history, decisions, use_dates=use_dates)
    row_of = looked.rows()
    strangers = {id_ for pair in groups for ids in pair for id_ in ids} - row_of.keys()
    if strangers:
        raise ValueError(f"{min(strangers)!r} is not among the articles")
    wanted = [
        (place, row, other)
        for place, (first, second) in enumerate(groups)
        for row in sorted({row_of[id_] for id_ in first})
        for other in sorted({row_of[id_] for id_ in second})
    ]
    rows, others = [row for _, row, _ in wanted], [other for _, _, other in wanted]
    found = scores_of(looked.window, pairs(looked.window).scale, rows, others)
    of_groups: list[list[float]] = [[] for _ in groups]
    for (place, row, other), value in zip(wanted, found.tolist(), strict=True):
        of_groups[place].append(1.0 if row == other else value)
    return [math.fsum(values) / len(values) if values else 0.0 for values in of_groups]


def _looked(
    articles: Sequence[Article],
    background: Background,
    readings: Mapping[str, Reading] | None,
    history: Frequencies | None,
    decisions: Settled | None,
    *,
    use_dates: bool,
) -> _Looked:
    """Return *articles*, at least one, without their copies, in order of id, weighed."""
    ordered = sorted(articles, key=lambda article: article.id)
    known = readings_of(ordered, readings or {})
    families = _families(ordered, decisions or Settled())
    copies = find_copies(ordered, known, families)
    own = [row for row, article in enumerate(ordered) if article.id not in copies]
    originals = [ordered[row] for row in own]
    weighed = weigh(count(originals, [known[row] for row in own]), background, history)
    return _Looked(
        copies=copies,
        window=Window.of(originals, weighed, [known[row] for row in own], use_dates=use_dates),
        families=families.renumbered(own),
    )


def _decided(first: str, second: str, decisions: Settled) -> bool:
    """Return whether the editor has said of two articles that they belong together, or not."""
    parted = (min(first, second), max(first, second)) in decisions.apart
    return parted or any({first, second} <= group for group in decisions.together)


def _families(articles: Sequence[Article], decisions: Settled) -> Families:
    """Return the rows of *articles* that *decisions* join and part; others are not looked at."""
    row_of = {article.id: row for row, article in enumerate(articles)}
    known = [sorted(row_of[id_] for id_ in ids & row_of.keys()) for ids in decisions.together]
    return Families(
        [rows for rows in known if rows],
        [(row_of[a], row_of[b]) for a, b in sorted(decisions.apart) if {a, b} <= row_of.keys()],
    )
