"""Why articles stand in one story, in words that an editor can check."""

from collections.abc import Iterator, Mapping

from newsletter.model import Article, Bond, Story

_FAR_DAYS = 1.0  # from a day on, how far apart two articles were published is worth a word


def why(story: Story, outside: Mapping[str, Article]) -> tuple[str, ...]:
    """Return one line for each article but the lead, then on the nearest that is not in the story.

    A story that goes on from earlier issues says so last. *outside* holds the articles of other
    stories by id, for naming the nearest of them.
    """
    return tuple(_lines(story, outside))


def _lines(story: Story, outside: Mapping[str, Article]) -> Iterator[str]:
    inside = {article.id: article for article in story.articles}
    for bond in story.bonds:
        yield _joined(bond, inside)
    if len(inside) == 1:
        yield f"stands alone: {_nearest(story.nearest, outside)}"
    elif story.nearest and story.nearest.other_id in outside:
        yield f"no more than these: {_nearest(story.nearest, outside)}"
    earlier = [one.issue_id for one in story.continuation.earlier]
    if earlier:
        new = "; ".join(story.continuation.new) or "nothing new since"
        yield f"goes on from {', '.join(earlier)}: {new}"


def _joined(bond: Bond, inside: Mapping[str, Article]) -> str:
    article, other = inside[bond.article_id], inside[bond.other_id]
    terms = f": shared are {', '.join(bond.terms)}" if bond.terms else ""
    named = other.source
    if named == article.source and other.title:
        named = f"its “{other.title}”"
    if bond.kind == "copy":
        return f"{article.source}: repeats the text of {named} ({bond.score:.0%} alike)"
    if bond.kind == "editor":
        return f"{article.source}: put together with {named} by the editor{terms}"
    return f"{article.source}: tells the same as {named}{terms} ({_measured(bond)})"


def _nearest(nearest: Bond | None, outside: Mapping[str, Article]) -> str:
    if nearest is None or nearest.other_id not in outside:
        return "no other article resembles it"
    other = outside[nearest.other_id]
    title = f"“{other.title}”" if other.title else "an untitled article"
    named = title if other.title == other.source else f"{title} of {other.source}"
    apart = ", kept apart by the editor" if nearest.kind == "editor" else ""
    return f"the nearest is {named} ({_measured(nearest)}){apart or _lone(nearest)}"


def _lone(nearest: Bond) -> str:
    """Return why one that came near enough alone was not enough, "" where it did not."""
    if nearest.score < nearest.threshold:
        return ""
    if nearest.mean is None:
        return ", but less to the story"
    return f", but {nearest.mean:.2f} on the mean of both stories"


def _measured(bond: Bond) -> str:
    far = bond.days is not None and bond.days >= _FAR_DAYS
    days = f", {bond.days:.0f} day{'s' if round(bond.days or 0) != 1 else ''} apart" if far else ""
    return f"similarity {bond.score:.2f}, needed {bond.threshold:.2f}{days}"
