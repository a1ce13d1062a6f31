"""Tells a story in its sources' own sentences, and names the source of each."""

from newsletter.model import Sentence, Story, Summary
from newsletter.summarise.confirming import confirmed
from newsletter.summarise.differences import differences
from newsletter.summarise.documents import read
from newsletter.summarise.followups import choose
from newsletter.summarise.headlines import headline
from newsletter.summarise.ledes import Space, best_ledes
from newsletter.summarise.readability import judge_all

__all__ = ["summarise"]

# Read by hand: below, most summaries wanted an editor. Titles lift the scale: what resembles them
# scores more.
_SURE = 1.35
_SURE_TITLED = 1.1


def summarise(story: Story) -> Summary:
    """Return a headline and two to three sentences of *story*'s articles, word for word.

    The sentences come from the cleaned text, white space made single: first a lede that stands
    alone, of a story that was told before one that brings the news, then sentences of its article
    in their order, the last perhaps of another article. At most about 80 words. Fewer sentences,
    or none, where the sources have no more to give. `sure` is false where the score says that an
    editor should look. Each sentence names the articles of other outlets that say the same;
    `differences` is where the outlets disagree.
    """
    reading = read(story)
    space = Space(reading, judge_all(reading))
    openings = best_ledes(space, story.told)
    choice = choose(space, openings)
    enough = _SURE_TITLED if any(text.article.title for text in reading.texts) else _SURE
    return Summary(
        headline=headline(reading, choice.candidates[0] if choice.candidates else None),
        sentences=tuple(
            Sentence(text=c.text, article_id=c.article_id, confirmed_by=by)
            for c, by in zip(choice.candidates, confirmed(choice.candidates, reading), strict=True)
        ),
        sure=bool(choice.candidates) and choice.score >= enough,
        score=round(choice.score, 3),
        differences=differences(reading),
    )
