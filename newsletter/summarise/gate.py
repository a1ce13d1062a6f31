"""Holds back what an editor should read first: the gate between a summary and the issue."""

from dataclasses import replace

from newsletter.model import Summary

_LABELS = {"review": "a review", "opinion": "an opinion", "feature": "a feature"}


def gated(summary: Summary) -> Summary:
    """Return *summary* as it may be printed: whole if sure, else its first sentence, or none.

    What is held back stands in `held`, the reason in `notes`.
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
