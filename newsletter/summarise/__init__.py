"""Tells a story in its sources' own sentences, and names the source of each."""

from newsletter.model import Assignment, Dated, Removed, Sentence, Story, Summary
from newsletter.summarise.confirming import confirmed
from newsletter.summarise.dating.relative import dates_in
from newsletter.summarise.differing.differences import differences
from newsletter.summarise.documents import Candidate, Reading, read
from newsletter.summarise.followups import choose
from newsletter.summarise.gate import gated, sureness
from newsletter.summarise.genre import genre_of
from newsletter.summarise.heading.headlines import headline
from newsletter.summarise.ledes import Space, best_ledes
from newsletter.summarise.readability import judge_all

__all__ = ["gated", "summarise"]

_ANY = Assignment()


def summarise(story: Story, assignment: Assignment = _ANY) -> Summary:
    """Return a headline and up to four sentences of *story*'s articles, word for word.

    The sentences come from the cleaned text, white space made single: first a lede that stands
    alone, of a story that was told before one that brings the news, then sentences of its article
    in their order, the last perhaps of another article. Fewer sentences, or none, where the sources
    have no more to give or the *assignment* asks for no more. `sure` is false where the score says
    that an editor should look; nothing is held back for that (see `gated`). Each sentence names the
    articles of other outlets that say the same; `differences` is where the outlets disagree.
    """
    reading = read(story, assignment.repeated)
    space = Space(reading, judge_all(reading))
    openings = best_ledes(space, story.told)
    choice = choose(
        space,
        openings,
        sentences=assignment.sentences,
        words=assignment.words,
        told=story.told,
    )
    chosen = choice.candidates
    genre = genre_of(reading, story)
    sure, lede_sure = sureness(choice, openings, space, genre)
    return Summary(
        headline=headline(
            reading, chosen[0] if chosen else None, sentence_case=assignment.sentence_case
        ),
        sentences=tuple(
            Sentence(
                text=c.text,
                article_id=c.article_id,
                confirmed_by=by,
                dates=_dates(c, reading, assignment),
            )
            for c, by in zip(chosen, confirmed(chosen, reading), strict=True)
        ),
        sure=sure,
        lede_sure=lede_sure,
        genre=genre,
        score=round(choice.score, 3),
        removed=tuple(
            Removed(article_id=text.article.id, text=passage, reason=reason)
            for text in reading.texts
            for passage, reason in text.removed
        ),
        differences=differences(reading),
    )


def _dates(candidate: Candidate, reading: Reading, assignment: Assignment) -> tuple[Dated, ...]:
    article = reading.texts[candidate.document].article
    return dates_in(candidate.text, article.published, article.language, assignment.timezone)
