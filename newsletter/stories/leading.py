"""Who leads a story, and the story as it looks from there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from newsletter.model import Article, Bond, Closeness, Story

_LATEST = datetime.max.replace(tzinfo=UTC)


def led_by(story: Story, article_id: str) -> Story:
    """Return *story* led by that one of its articles, and measured to it.

    The others follow by date and id. Bonds and closeness are those to the new lead: no word and no
    number of them is new, for each pair of members was measured. A copy does not lead; the article
    that it repeats does.
    """
    lead_id = story.copies.get(article_id, article_id)
    if lead_id == story.lead.id:
        return story
    places = {article.id: place for place, article in enumerate(story.articles)}
    others = sorted((a for a in story.articles if a.id != lead_id), key=by_date)
    articles = (story.articles[places[lead_id]], *others)
    order = [places[article.id] for article in articles]
    return replace(
        story,
        articles=articles,
        bonds=_hung_from(lead_id, story.bonds, articles),
        closeness=tuple(_measured(story.closeness, articles, order)),
    )


def by_date(article: Article) -> tuple[datetime, str]:
    """Return what orders the articles of a story that do not lead it: undated ones come last."""
    return article.published or _LATEST, article.id


def days_between(one: Article, other: Article) -> float | None:
    """Return how many days lie between two articles, None where one is undated."""
    if one.published is None or other.published is None:
        return None
    return round(abs((one.published - other.published).total_seconds()) / 86_400, 2)


def _hung_from(
    lead_id: str, bonds: Sequence[Bond], articles: Sequence[Article]
) -> tuple[Bond, ...]:
    """Return the *bonds*, those between the new lead and the old turned about."""
    hung = {bond.article_id: bond for bond in bonds}
    turned = {
        bond.other_id: replace(bond, article_id=bond.other_id, other_id=bond.article_id)
        for bond in _up(lead_id, hung)
    }
    hung.pop(lead_id, None)
    hung |= turned
    return tuple(hung[article.id] for article in articles if article.id in hung)


def _up(id_: str, bond_of: Mapping[str, Bond]) -> Iterator[Bond]:
    """Yield the bonds that lead from an article to the lead."""
    for _ in bond_of:
        if id_ not in bond_of:
            return
        yield bond_of[id_]
        id_ = bond_of[id_].other_id


def _measured(
    known: Sequence[Closeness], articles: Sequence[Article], order: Sequence[int]
) -> Iterator[Closeness]:
    """Yield how near each of *articles* is, whose places were *order*, where that is *known*."""
    if not known:
        return
    for article, place in zip(articles, order, strict=True):
        to_each = tuple(known[place].to_each[other] for other in order)
        yield replace(
            known[place],
            to_lead=to_each[0],
            to_each=to_each,
            days=days_between(article, articles[0]),
        )
