"""Why articles stand in one story, in words that an editor can check."""

from collections.abc import Mapping

from newsletter.model import Article, Bond, Story


def why(story: Story, outside: Mapping[str, Article]) -> tuple[str, ...]:
    """Return one line for each article but the lead, or one on why the story stands alone.

    *outside* holds the articles of other stories by id, for naming the nearest of them.
    """
    inside = {article.id: article for article in story.articles}
    if len(inside) == 1:
        return (_alone(story.nearest, outside),)
    return tuple(_joined(bond, inside) for bond in story.bonds)


def _joined(bond: Bond, inside: Mapping[str, Article]) -> str:
    article, other = inside[bond.article_id], inside[bond.other_id]
    terms = f": shared are {', '.join(bond.terms)}" if bond.terms else ""
    if bond.kind == "copy":
        return f"{article.source}: repeats the text of {other.source} ({bond.score:.0%} alike)"
    return (
        f"{article.source}: tells the same as {other.source}{terms}"
        f" (similarity {bond.score:.2f}, needed {bond.threshold:.2f})"
    )


def _alone(nearest: Bond | None, outside: Mapping[str, Article]) -> str:
    if nearest is None or nearest.other_id not in outside:
        return "stands alone: no other article resembles it"
    other = outside[nearest.other_id]
    title = f"“{other.title}”" if other.title else "an untitled article"
    return (
        f"stands alone: the nearest is {title} of {other.source}"
        f" (similarity {nearest.score:.2f}, needed {nearest.threshold:.2f})"
    )
