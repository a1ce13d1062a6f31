"""Holds back what an editor should read first: the gate between a summary and the issue."""

from dataclasses import replace
from statistics import fmean

from newsletter.model import Genre, Summary
from newsletter.summarise.followups import Choice
from newsletter.summarise.ledes import Lede, Space, newsiness

# Read strictly, 90 stories: of those above, an editor would send two in three unchanged, of
# those below one in five.
_SURE = 1.85
# And below this, most ledes do not tell what happened.
_LEDE_SURE = 0.25
_ALONE_SURE = 0.85  # of a summary that is no more than its lede
_TITLES = 0.2  # the share of what titles tell of the lede that only lifts the scale
_COVERED = 0.5
_REPORTS = 1.5  # the weight of whether the articles report, which tells of the whole alone
_PASSED_OVER = 0.15  # what it costs to begin after a sentence that could have opened the summary
_LONG, _EACH = 28, 0.02  # words from which a lede loses, and what it loses by each
_LABELS: dict[Genre, str] = {
    "review": "a review",
    "opinion": "an opinion",
    "feature": "a feature",
}


def sureness(
    choice: Choice, openings: tuple[Lede, ...], space: Space, genre: Genre
) -> tuple[bool, bool]:
    """Return whether an editor would send *choice* unread, and whether at least its first sentence.

    The first sentence passes by how it stands: its faults, its names, what others say of the same.
    The whole also by what follows it, and by whether the story's articles report or muse. What is
    no news is never sure as a whole.
    """
    lede = choice.lede or next(iter(openings), None)
    if not choice.candidates or lede is None:
        return False, False
    standing = (
        lede.score
        - lede.reported
        - _TITLES * lede.titled
        - _PASSED_OVER * space.skipped(lede.candidate)
    )
    judgement = space.judgement(lede.candidate)
    lede_sure = standing >= _LEDE_SURE and (judgement.wire or not judgement.generic)
    is_fit = genre == "news" and not any(space.judgement(c).ticker for c in choice.candidates)
    if choice.worth is None:
        return is_fit and lede_sure and standing >= _ALONE_SURE, lede_sure
    whole = (
        standing
        + choice.worth
        + _REPORTS * fmean(newsiness(space))
        + _COVERED * space.coverage(choice.candidates)
        - _EACH * max(0, lede.candidate.length - _LONG)
    )
    return is_fit and lede_sure and whole >= _SURE, lede_sure


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
