"""Which articles tell the same story, which only repeat one another, and why."""

from collections.abc import Mapping, Sequence

from newsletter.model import Article, Bond, Story
from newsletter.stories.copies import RESEMBLANCE, Copy, find_copies
from newsletter.stories.explain import event_bond, stories
from newsletter.stories.linkage import groups
from newsletter.stories.similarity import THRESHOLD, Window, score, scores
from newsletter.stories.weights import weigh

__all__ = ["RESEMBLANCE", "THRESHOLD", "cluster", "compare", "copy_groups"]

Background = Mapping[str, Mapping[str, float]]


def cluster(
    articles: Sequence[Article], *, background: Background, use_dates: bool = True
) -> tuple[Story, ...]:
    """Return the stories that *articles* tell, each article in exactly one, ordered by story id.

    Copies are found first and go where their original goes, so that a text printed by ten outlets
    weighs once. What is left is scored in pairs and grouped by average linkage. *background* gives
    for each language its words' shares of all words (`newsletter.workspace.word_frequencies`).
    Without *use_dates*, `published` plays no part in who belongs together. The order of
    *articles* changes nothing; their ids must differ.
    """
    if not articles:
        return ()
    copies = find_copies(articles)
    window = _window(articles, copies, background, use_dates=use_dates)
    pairs = scores(window)
    by_id = {article.id: article for article in articles}
    found = stories(window, pairs, groups(pairs, THRESHOLD), copies, by_id)
    return tuple(sorted(found, key=lambda story: story.id))


def copy_groups(articles: Sequence[Article]) -> Mapping[str, str]:
    """Return the id of every copy among *articles* with the id of the article that it repeats."""
    copies = find_copies(articles)
    return {copy_id: copies[copy_id].original_id for copy_id in sorted(copies)}


def compare(
    first: str,
    second: str,
    articles: Sequence[Article],
    *,
    background: Background,
    use_dates: bool = True,
) -> Bond:
    """Return how near two of *articles* are, by their ids, among all of them, as `cluster` saw it.

    Of two copies of one text it is a bond of kind copy; else each stands for its original.

    Raises:
        ValueError: the two are one, or not both among *articles*.
    """
    if first == second or not {first, second} <= {article.id for article in articles}:
        raise ValueError(f"{first!r} and {second!r} are not two of the articles")
    copies = find_copies(articles)
    window = _window(articles, copies, background, use_dates=use_dates)
    row, other = (_row(window, copies, article_id) for article_id in (first, second))
    if row == other:
        copy_id = first if first in copies else second
        copy = copies[copy_id]
        return Bond(
            article_id=copy_id,
            other_id=copy.nearest_id,
            kind="copy",
            score=copy.score,
            threshold=RESEMBLANCE,
        )
    return event_bond(window, row, other, score(window, row, other))


def _window(
    articles: Sequence[Article],
    copies: Mapping[str, Copy],
    background: Background,
    *,
    use_dates: bool,
) -> Window:
    """Return the articles that are no copies, in order of id, as they are compared."""
    originals = sorted((a for a in articles if a.id not in copies), key=lambda a: a.id)
    return Window.of(originals, weigh(originals, background), use_dates=use_dates)


def _row(window: Window, copies: Mapping[str, Copy], article_id: str) -> int:
    original = copies[article_id].original_id if article_id in copies else article_id
    return next(row for row, article in enumerate(window.articles) if article.id == original)
