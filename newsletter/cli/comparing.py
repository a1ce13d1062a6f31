"""How near two stories or articles are, for `newsletter why STORY OTHER`."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from newsletter.cli.explaining import INDENT, days_told, terms, titled, wrapped
from newsletter.errors import IssueError

if TYPE_CHECKING:
    from newsletter.config import Configuration
    from newsletter.model import Built
    from newsletter.pipeline.comparing import Compared
    from newsletter.pipeline.listing import Listed
    from newsletter.store import Store

Named = tuple["Listed", str | None]  # a story, and the one article of it that is meant


def compared_json(
    first: Named, second: Named, built: "Built", configuration: "Configuration", store: "Store"
) -> dict[str, Any]:
    """Return how near the *first* is to the *second*, and what the editor decided on both.

    Of a story and one of its own articles it is how near that one is to the rest.

    Raises:
        IssueError: both are the same articles, or some do not count any more.
    """
    from newsletter import wiring
    from newsletter.cli.assembly_build import brief_of
    from newsletter.pipeline.comparing import Comparing, compared
    from newsletter.pipeline.deciding import decided_between
    from newsletter.stories.decisions import settle

    some, others = (
        {article_id} if article_id else {id_ for id_, _, _ in story.articles}
        for story, article_id in (first, second)
    )
    if some == others:
        raise IssueError(f"{first[1] or first[0].id} is named twice; name two to compare them")
    some, others = (some - others or some), (others - some or others)
    found = compared(
        sorted(some),
        sorted(others),
        built,
        brief_of(configuration),
        Comparing(
            articles=store,
            words=store,
            background=wiring.word_frequencies,
            common_words=wiring.common_words,
        ),
    )
    if found is None:
        raise IssueError(
            f"{built.id} was built from articles that do not count any more;"
            " build it again: newsletter build-issue"
        )
    decided = decided_between(some, others, settle(store.decisions()))
    return _as_json(found, first[0], second[0], decided)


def _as_json(
    found: "Compared", first: "Listed", second: "Listed", decided: str | None
) -> dict[str, Any]:
    known = {
        id_: titled(source, title)
        for story in (first, second)
        for id_, title, source in story.articles
    }
    nearest = found.nearest
    return {
        "one": first.id,
        "other": second.id,
        "same_story": first.id == second.id,
        "similarity": round(found.mean, 4),
        "threshold": found.threshold,
        "pairs": found.pairs,
        "decided": decided,
        "nearest": {
            "articles": [known[nearest.article_id], known[nearest.other_id]],
            "article_ids": [nearest.article_id, nearest.other_id],
            "kind": nearest.kind,
            "score": round(nearest.score, 4),
            "days": nearest.days,
            "terms": list(nearest.terms),
            "weights": list(nearest.weights),
        },
    }


def compared_lines(found: Mapping[str, Any]) -> Iterator[str]:
    """Yield what `compared_json` found as lines of text."""
    nearest = found["nearest"]
    pairs = " on the mean of all pairs" if found["pairs"] > 1 else ""
    yield (
        f"{'one story' if found['same_story'] else 'two stories'}: similarity"
        f" {found['similarity']:.2f}{pairs}, needed {found['threshold']:.2f}"
    )
    if found["decided"]:
        awaited = found["same_story"] != (found["decided"] == "together")
        later = ", from the next build on: newsletter build-issue" if awaited else ""
        yield f"the editor decided that they stand {found['decided']}{later}"
    yield "nearest pair:" if found["pairs"] > 1 else "both:"
    for article in nearest["articles"]:
        yield from wrapped(article, INDENT)
    days = f", {days_told(nearest['days'])} apart" if nearest["days"] is not None else ""
    what = "alike as copies" if nearest["kind"] == "copy" else "similar"
    yield f"{INDENT}{nearest['score']:.2f} {what}{days}"
    yield from terms(nearest)
