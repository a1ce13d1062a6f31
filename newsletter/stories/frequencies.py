"""Remembers how common terms were in the weeks that are out, older ones for less."""

from collections.abc import Mapping, Sequence

from newsletter.model import Article, Frequencies, Reading
from newsletter.stories.copies import find_copies
from newsletter.stories.counting import count, frequencies
from newsletter.stories.reading import readings_of

# What of a week is left when another one is out: half of what is known is of the last week.
FADING = 0.5
# Articles, faded ones included, under which a term is forgotten: what one article held tells
# nothing that the background does not.
LEAST = 2.0
MOST = 50_000  # terms of a language that are remembered, the commonest


def learned(
    history: Frequencies, articles: Sequence[Article], readings: Mapping[str, Reading] | None = None
) -> Frequencies:
    """Return *history*, faded by a week, with what *articles*, those of the week, hold.

    Copies count for nothing, as in `newsletter.stories.cluster`. Each language keeps at most MOST
    terms: the history is bounded, however many weeks it has seen.
    """
    ordered = sorted(articles, key=lambda article: article.id)
    known = readings_of(ordered, readings or {})
    copies = find_copies(ordered, known)
    own = [row for row, article in enumerate(ordered) if article.id not in copies]
    totals = {language: FADING * total for language, total in history.articles.items()}
    held = {
        language: {term: FADING * times for term, times in terms.items()}
        for language, terms in history.held.items()
    }
    if own:
        counted = count([ordered[row] for row in own], [known[row] for row in own])
        for language, number in counted.articles.items():
            totals[language] = totals.get(language, 0.0) + number
        for language, term, times in frequencies(counted):
            terms = held.setdefault(language, {})
            terms[term] = terms.get(term, 0.0) + times
    lasting = {language: total for language, total in totals.items() if total >= LEAST}
    return Frequencies(
        articles=lasting,
        held={language: _commonest(held.get(language, {})) for language in lasting},
    )


def _commonest(held: Mapping[str, float]) -> Mapping[str, float]:
    """Return the terms that are remembered, in order of their letters."""
    lasting = [(-times, term) for term, times in held.items() if times >= LEAST]
    return {term: -times for times, term in sorted(sorted(lasting)[:MOST], key=lambda one: one[1])}
