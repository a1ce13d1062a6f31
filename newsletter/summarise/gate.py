"""Holds back what an editor should read first: the gate between a summary and the issue."""

from dataclasses import replace
from statistics import fmean

from newsletter.model import Genre, Summary
from newsletter.summarise.followups import Choice
from newsletter.summarise.ledes import Lede, Space, newsiness

# Read by hand, 108 stories: of those above, an editor would send more than four in five unchanged,
# of those below about half.
_SURE = 2.2
# And below this, most ledes do not tell what happened.
_LEDE_SURE = 0.8
_ALONE_SURE = 1.1  # of a summary that is no more than its lede
_TITLES = 0.5  # titles lift the scale by twice what they tell of the lede
_COVERED = 0.5
_PASSED_OVER = 0.15  # what it costs to begin after a sentence that could have opened the summary
_LABELS: dict[Genre, str] = {
    "review": "a review",
    "opinion": "an opinion",
    "feature": "a feature",
}


def sureness(
    choice: Choice, openings: tuple[Lede, ...], space: Space, genre: Genre
) -> tuple[bool, bool]:
    """Return whether an editor would send *choice* unread, and whether at least its first sentence.

    What tells most: how well the lede stands, how well the sentences after it do, and whether the
    story's articles report or muse. What is no news is never sure as a whole.
    """
    lede = choice.lede or next(iter(openings), None)
    if not choice.candidates or lede is None:
        return False, False
    opening = (
        lede.score
        - _TITLES * lede.titled
        - _PASSED_OVER * space.skipped(lede.candidate)
        + fmean(newsiness(space))
    )
    first = opening + _COVERED * space.coverage((lede.candidate,))
    lede_sure = first >= _LEDE_SURE
    if choice.worth is None:
        return first >= _ALONE_SURE, lede_sure
    whole = opening + choice.worth + _COVERED * space.coverage(choice.candidates)
    return genre == "news" and whole >= _SURE, lede_sure


def gated(summary: Summary) -> Summary:
    """Return *summary* as it may be printed: whole if sure, else its first sentence, or none.

    A review, opinion or feature is told in one sentence however sure; what is no longer than it may
    be loses nothing. What is held back stands in `held`, the reason in `notes`.
    """
    label = _LABELS.get(summary.genre)
    if (summary.sure and not label) or not summary.sentences:
        return summary
    kept = 1 if summary.lede_sure or label else 0
    held = summary.sentences[kept:]
    if not held:
        return summary
    reason = label or ("unsure of what follows" if kept else "unsure of every sentence")
    note = f"{reason}: {'one sentence' if kept else 'only the headline'} is printed"
    return replace(
        summary,
        sentences=summary.sentences[:kept],
        held=held,
        notes=(*summary.notes, note),
    )
