"""What `newsletter why` says of a summary: its sentences, what was held back, what was removed."""

import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_NAME = 40  # characters of a source's name where it stands before a sentence
_PASSAGE = 100  # characters of a passage that was removed
_PASSAGES = 12  # of an article; --json has all of them

Line = tuple[int, str]  # how deep it is indented, and its words


def told(story: Mapping[str, Any], year: int) -> Iterator[Line]:
    """Yield what is kept on a story's summary; older reports keep less.

    Dates name their year where it is not *year*.
    """
    if story["summary"]:
        yield from _summary(story["summary"], year)
    yield from _removed(story.get("removed") or ())


def short(source: str) -> str:
    """Return a source's name in at most 40 characters."""
    return textwrap.shorten(source, _NAME, placeholder="…")


def _summary(summary: Mapping[str, Any], year: int) -> Iterator[Line]:
    marks = []
    if summary.get("genre", "news") != "news":
        marks.append(summary["genre"])
    if summary.get("by") == "llm":
        marks.append("written by a language model")
    if not summary["sure"]:
        marks.append("unsure: read it before it goes out")
    yield 0, ""
    yield 0, f"summary ({'; '.join(marks)}):" if marks else "summary:"
    if not summary["sentences"]:
        yield 1, "none: only the headline is printed"
    yield from _sentences(summary["sentences"], year)
    for note in summary.get("notes", ()):
        yield 1, f"note: {note}"
    if held := summary.get("held"):
        yield 0, ""
        yield 0, "held back, not printed:"
        yield from _sentences(held, year)


def _sentences(sentences: Sequence[Mapping[str, Any]], year: int) -> Iterator[Line]:
    for sentence in sentences:
        also = sentence.get("confirmed_by")
        confirmed = f" [also: {', '.join(map(short, also))}]" if also else ""
        yield 1, f"{short(sentence['source'])}: {_dated(sentence, year)}{confirmed}"
        for cite in sentence.get("cites", ()):
            yield 2, f"rests on {short(cite['source'])}: “{cite['text']}”"


def _dated(sentence: Mapping[str, Any], year: int) -> str:
    from newsletter.model import Dated
    from newsletter.render.sentences import dated, printed

    dates = [Dated(span=one["span"], date=one["date"]) for one in sentence.get("dates", ())]
    return printed(dated(sentence["text"], dates, year))


def _removed(removed: Sequence[Mapping[str, Any]]) -> Iterator[Line]:
    """Yield what cleaning took out: by article and reason, in the order in which they come."""
    from newsletter.render.safe import plain

    if removed:
        yield 0, ""
        yield 0, "removed before it was summarised:"
    by_article: dict[str, list[Mapping[str, Any]]] = {}
    for passage in removed:
        by_article.setdefault(passage["article_id"], []).append(passage)
    for article_id, passages in by_article.items():
        yield 1, f"{short(passages[0]['source'])} ({article_id}):"
        reasons = list(dict.fromkeys(passage["reason"] for passage in passages))
        passages.sort(key=lambda passage: reasons.index(passage["reason"]))
        times = Counter((passage["reason"], passage["text"]) for passage in passages)
        for (reason, passage), count in list(times.items())[:_PASSAGES]:
            text = textwrap.shorten(plain(passage), _PASSAGE, placeholder=" …")
            yield 2, f"{reason}: “{text}”{f' ({count} times)' if count > 1 else ''}"
        if len(times) > _PASSAGES:
            yield 2, f"and {len(times) - _PASSAGES} more (--json has all)"
