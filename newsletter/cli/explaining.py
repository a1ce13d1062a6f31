"""What `newsletter why` says of a story, line by line."""

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from newsletter.cli.summaries import Line, short, told
from newsletter.cli.telling import counted

if TYPE_CHECKING:
    from newsletter.pipeline.listing import Listed

INDENT = "  "

_WIDTH = 80  # columns
_ALIKE = 0.01  # of two that are less alike nothing is worth telling


def lines(
    story: Mapping[str, Any],
    listed: "Listed",
    year: int,
    *,
    reason: str | None = None,
    by_hand: Iterable[Line] = (),
) -> Iterator[str]:
    """Yield all that is kept on a story, at most 80 columns wide; *year* is the issue's.

    *reason* is why an editor left it out, or what spoke against one that she brought in; *by_hand*
    is what is told of what editors decided.
    """
    for line in textwrap.wrap(story["headline"] or "(no headline)", _WIDTH):
        yield click.style(line, bold=True)
    yield f"story {story['id']} in {story['section']}, score {story['score']:g}"
    if reason := reason or listed.reason:
        # A story that an editor brought in is printed, whatever spoke against it.
        where = "brought in by hand" if listed.number else "not in the issue"
        yield from wrapped(f"{where}: {reason}", "")
    if story["reasons"]:
        yield from wrapped(f"rank: {'; '.join(story['reasons'])}", "")
    yield from _indented(by_hand)
    yield from _articles(story)
    if not story["why"]:
        yield ""
        yield from wrapped(
            "no more of it is kept: only the first fifty that were passed over, and repeats, are"
            " explained in full;"
            f" newsletter why {story['id']} OTHER tells how near another story comes",
            "",
        )
        return
    yield from _ties(story)
    yield from _continuation(story.get("continuation"))
    yield from _summary(story, year)
    yield from _differences(story.get("differences", ()))


def _articles(story: Mapping[str, Any]) -> Iterator[str]:
    yield ""
    several = len(story["articles"]) > 1
    is_measured = several and "measured_to" in story
    yield f"articles{', each with its similarity' if is_measured else ''}:"
    number_of = _numbers(story)
    for article in story["articles"]:
        mark = "lead" if article["lead"] else "copy" if article["copy_of"] else "    "
        text = (
            f"{number_of[article['id']]:>2}  {mark}  {titled(article['source'], article['title'])}"
        )
        yield from wrapped(text, INDENT, hanging=10)
        if several:
            near = _near(article, story["measured_to"], number_of) if is_measured else ""
            yield f"{INDENT}{'':10}{article['id']}  {near}".rstrip()


def titled(source: str, title: str) -> str:
    """Return an article in words: a document that is named after its title is that alone."""
    return source if title == source else f"{source}: {title or 'untitled'}"


def _numbers(story: Mapping[str, Any]) -> dict[str, int]:
    return {article["id"]: place for place, article in enumerate(story["articles"], start=1)}


def _near(article: Mapping[str, Any], measured_to: str, number_of: Mapping[str, int]) -> str:
    """Return how near an article is to the lead and to the story.

    Where the summary opens with another article than that all were measured to, it leads.
    """
    if article["id"] == measured_to:
        return f"{article['to_story']:.2f} to the story"
    number = number_of[measured_to]
    what = "the lead" if number == 1 else f"no. {number}"
    days = article["days"]
    far = f"; {days_told(days)} off" if days is not None and days >= 1 else ""
    return f"{article['to_lead']:.2f} to {what}, {article['to_story']:.2f} to the story{far}"


def _ties(story: Mapping[str, Any]) -> Iterator[str]:
    yield ""
    several = len(story["articles"]) > 1
    yield "why one story:" if several else "why alone:"
    number_of = _numbers(story)
    named = {
        one["id"]: f"{number_of[one['id']]} {short(one['source'])}" for one in story["articles"]
    }
    for bond in sorted(story["bonds"], key=lambda one: number_of[one["article_id"]]):
        yield from wrapped(_tie(bond, named), INDENT)
        yield from terms(bond)
    nearest = story["nearest"]
    if not nearest:
        yield f"{INDENT}no other article of the week resembles {'them' if several else 'it'}"
        return
    yield from wrapped(f"nearest that was not merged: {nearest['other']}", INDENT)
    yield from wrapped(_missed(nearest), INDENT * 2)
    yield from terms(nearest)


def _tie(bond: Mapping[str, Any], named: Mapping[str, str]) -> str:
    one, other = named[bond["article_id"]], named[bond["other_id"]]
    if bond["kind"] == "copy":
        return f"{one} repeats the text of {other} ({bond['score']:.0%} alike)"
    measured = f"similarity {bond['score']:.2f}, needed {bond['threshold']:.2f}"
    if bond["kind"] == "editor":
        return f"{one} was put together with {other} by the editor ({measured})"
    return f"{one} tells the same as {other} ({measured})"


def _missed(nearest: Mapping[str, Any]) -> str:
    score, threshold = nearest["score"], nearest["threshold"]
    days = nearest.get("days")
    apart = f", {days_told(days)} apart" if days is not None else ""
    if nearest["kind"] == "editor":
        return f"kept apart by the editor (similarity {score:.2f}, needed {threshold:.2f}{apart})"
    under = f"{threshold - score:.2f} under" if score < threshold else "no less than"
    mean = nearest.get("mean")
    less = "less" if mean is None else f"{mean:.2f}"
    lone = "" if score < threshold else f"; with the rest of both it is {less} on the mean"
    if mean is not None and mean >= threshold:
        lone += ", and the larger both are the more is needed"
    return f"similarity {score:.2f}, {under} the {threshold:.2f} needed{apart}{lone}"


def terms(bond: Mapping[str, Any]) -> Iterator[str]:
    """Yield the terms that a bond rests on, each with its share of the similarity of words.

    Of what is not alike there are none to tell.
    """
    if bond["score"] < _ALIKE:
        return
    shares = bond.get("weights") or [None] * len(bond["terms"])
    shared = [
        f"{term} {share:.0%}" if share is not None else term
        for term, share in zip(bond["terms"], shares, strict=True)
    ]
    if shared:
        yield from wrapped(f"shared: {', '.join(shared)}", INDENT * 2)


def _continuation(found: Mapping[str, Any] | None) -> Iterator[str]:
    if not found or not found["earlier"]:
        return
    yield ""
    yield "told before:"
    for one in found["earlier"]:
        needed = f", needed {found['threshold']:.2f}" if "threshold" in found else ""
        near = f" (similarity {one['score']:.2f}{needed})"
        yield from wrapped(f"{one['issue']}{near}: {one['headline']}", INDENT)
    if found["new"]:
        yield from wrapped(f"new since: {'; '.join(found['new'])}", INDENT)
        return
    yield from wrapped("nothing new since: a repeat", INDENT)
    yield from wrapped(
        "looked at were the figures, names, days and words of its headlines and openings, and how"
        " many more outlets tell it",
        INDENT * 2,
    )


def _summary(story: Mapping[str, Any], year: int) -> Iterator[str]:
    yield from _indented(told(story, year))


def _indented(told_lines: Iterable[Line]) -> Iterator[str]:
    for depth, text in told_lines:
        yield from wrapped(text, INDENT * depth) if text else [""]


def _differences(found: list[Mapping[str, Any]]) -> Iterator[str]:
    if found:
        yield ""
        yield "sources differ:"
    for one in found:
        said = "; ".join(
            f"{value['value']} ({', '.join(map(short, value['sources']))})" for value in one["said"]
        )
        yield from wrapped(f"{one['about'] or one['kind']}: {said}", INDENT)


def days_told(days: float) -> str:
    """Return a distance in words: "2 days", "less than a day"."""
    return counted(round(days), "day") if days >= 1 else "less than a day"


def wrapped(text: str, indent: str, hanging: int = 2) -> list[str]:
    """Return *text* in lines of 80 columns, all but the first *hanging* deeper than *indent*."""
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + " " * hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )
