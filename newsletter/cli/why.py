"""`newsletter why`: why a story is one story, and why it stands where it does."""

import json
import textwrap
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newsletter.cli.options import Talk, options
from newsletter.cli.telling import counted, print_json
from newsletter.cli.weeks import issue_named, story_or_article_named, week_named
from newsletter.config import load
from newsletter.errors import IssueError

if TYPE_CHECKING:
    from newsletter.config import Configuration
    from newsletter.model import Built
    from newsletter.pipeline.comparing import Compared
    from newsletter.pipeline.listing import Listed
    from newsletter.store import Store

_WIDTH = 80  # columns
_NAME = 40  # characters of a source's name where it stands before a sentence
_INDENT = "  "
_Named = tuple["Listed", str | None]  # a story, and the one article of it that is meant


@click.command("why")
@click.argument("story")
@click.argument("other", required=False)
@options("week", "config", "now", "json", "talk")
def command(
    story: str,
    other: str | None,
    week: str | None,
    config: Path,
    now: datetime,
    as_json: bool,
    talk: Talk,
) -> None:
    """Tell why STORY is one story, and why it stands where it does.

    STORY is its number in the issue (`newsletter show`), its id, or the beginning of it; the id of
    any of its articles will do. With OTHER, a story or an article: tell how near the two are.
    """
    from newsletter import wiring
    from newsletter.pipeline.listing import listed

    del talk
    configuration = load(config)
    compared = None
    with wiring.store(configuration) as store:
        built = issue_named(week_named(week, configuration, now), store)
        stories = listed(built)
        named = story_or_article_named(story, stories)
        if other is not None:
            second = story_or_article_named(other, stories)
            compared = _compared(named, second, built, configuration, store)
    found = _explained(named[0], json.loads(built.report))
    if as_json:
        kept = {"issue": built.id, "number": named[0].number, "not_chosen": named[0].reason}
        print_json({**kept, **found, **({"compared": compared} if compared else {})})
        return
    for line in _compared_lines(compared) if compared else _lines(found, named[0]):
        click.echo(line)


def _explained(story: "Listed", report: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return all that is kept on *story*: in brief for those far down the list."""
    explained = (*report["stories"], *(one["story"] for one in report["passed_over"]))
    for one in explained:
        if one["id"] == story.id:
            return dict(one)
    return {
        "id": story.id,
        "headline": story.headline,
        "section": story.section,
        "score": story.score,
        "reasons": [],
        "why": [],
        "articles": [
            {"id": id_, "title": title, "source": source, "lead": place == 0, "copy_of": None}
            for place, (id_, title, source) in enumerate(story.articles)
        ],
        "bonds": [],
        "nearest": None,
        "summary": None,
    }


def _lines(story: Mapping[str, Any], listed: "Listed") -> Iterator[str]:
    for line in textwrap.wrap(story["headline"] or "(no headline)", _WIDTH):
        yield click.style(line, bold=True)
    yield f"story {story['id']} in {story['section']}, score {story['score']:g}"
    if listed.reason:
        yield from _wrapped(f"not in the issue: {listed.reason}", "")
    if story["reasons"]:
        yield from _wrapped(f"rank: {'; '.join(story['reasons'])}", "")
    yield from _articles(story)
    if not story["why"]:
        yield ""
        yield from _wrapped(
            "no more of it is kept: the first fifty that were passed over are explained in full;"
            f" newsletter why {story['id']} OTHER tells how near another story comes",
            "",
        )
        return
    yield from _ties(story)
    yield from _continuation(story.get("continuation"))
    yield from _summary(story["summary"])
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
            f"{number_of[article['id']]:>2}  {mark}  {_titled(article['source'], article['title'])}"
        )
        yield from _wrapped(text, _INDENT, hanging=10)
        if several:
            near = _near(article, story["measured_to"], number_of) if is_measured else ""
            yield f"{_INDENT}{'':10}{article['id']}  {near}".rstrip()


def _titled(source: str, title: str) -> str:
    """Return an article in words: a document that is named after its title is that alone."""
    return source if title == source else f"{source}: {title or 'untitled'}"


def _short(source: str) -> str:
    return textwrap.shorten(source, _NAME, placeholder="…")


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
    far = f"; {_days(days)} off" if days is not None and days >= 1 else ""
    return f"{article['to_lead']:.2f} to {what}, {article['to_story']:.2f} to the story{far}"


def _ties(story: Mapping[str, Any]) -> Iterator[str]:
    yield ""
    several = len(story["articles"]) > 1
    yield "why one story:" if several else "why alone:"
    number_of = _numbers(story)
    named = {
        one["id"]: f"{number_of[one['id']]} {_short(one['source'])}" for one in story["articles"]
    }
    for bond in sorted(story["bonds"], key=lambda one: number_of[one["article_id"]]):
        yield from _wrapped(_tie(bond, named), _INDENT)
        yield from _terms(bond)
    nearest = story["nearest"]
    if not nearest:
        yield f"{_INDENT}no other article of the week resembles {'them' if several else 'it'}"
        return
    yield from _wrapped(f"nearest that was not merged: {nearest['other']}", _INDENT)
    yield from _wrapped(_missed(nearest), _INDENT * 2)
    yield from _terms(nearest)


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
    apart = f", {_days(days)} apart" if days is not None else ""
    if nearest["kind"] == "editor":
        return f"kept apart by the editor (similarity {score:.2f}, needed {threshold:.2f}{apart})"
    under = f"{threshold - score:.2f} under" if score < threshold else "no less than"
    lone = "" if score < threshold else "; with the rest of both it is less on the mean"
    return f"similarity {score:.2f}, {under} the {threshold:.2f} needed{apart}{lone}"


def _terms(bond: Mapping[str, Any]) -> Iterator[str]:
    shares = bond.get("weights") or [None] * len(bond["terms"])
    told = [
        f"{term} {share:.0%}" if share is not None else term
        for term, share in zip(bond["terms"], shares, strict=True)
    ]
    if told:
        yield from _wrapped(f"shared: {', '.join(told)}", _INDENT * 2)


def _continuation(found: Mapping[str, Any] | None) -> Iterator[str]:
    if not found or not found["earlier"]:
        return
    yield ""
    yield "told before:"
    for one in found["earlier"]:
        yield from _wrapped(f"{one['issue']}: {one['headline']}", _INDENT)
    new = "; ".join(found["new"])
    yield from _wrapped(f"new since: {new}" if new else "nothing new since: a repeat", _INDENT)


def _summary(summary: Mapping[str, Any] | None) -> Iterator[str]:
    if not summary:
        return
    yield ""
    yield f"summary{'' if summary['sure'] else ' (unsure: read it before it goes out)'}:"
    for sentence in summary["sentences"]:
        also = sentence.get("confirmed_by")
        confirmed = f" [also: {', '.join(map(_short, also))}]" if also else ""
        yield from _wrapped(f"{_short(sentence['source'])}: {sentence['text']}{confirmed}", _INDENT)


def _differences(found: list[Mapping[str, Any]]) -> Iterator[str]:
    if found:
        yield ""
        yield "sources differ:"
    for one in found:
        said = "; ".join(
            f"{value['value']} ({', '.join(map(_short, value['sources']))})"
            for value in one["said"]
        )
        yield from _wrapped(f"{one['about'] or one['kind']}: {said}", _INDENT)


def _compared(
    first: _Named, second: _Named, built: "Built", configuration: "Configuration", store: "Store"
) -> dict[str, Any]:
    from newsletter import wiring
    from newsletter.cli.assembly_build import brief_of
    from newsletter.pipeline.comparing import Comparing, compared
    from newsletter.pipeline.deciding import decided_between
    from newsletter.stories.decisions import settle

    some, others = (
        {article_id} if article_id else {id_ for id_, _, _ in story.articles}
        for story, article_id in (first, second)
    )
    if some == others:
        raise IssueError(f"{first[1] or first[0].id} is named twice; name two to compare them")
    # Of a story and one of its own articles: how near that one is to the rest.
    some, others = (some - others or some), (others - some or others)
    found = compared(
        sorted(some),
        sorted(others),
        built,
        brief_of(configuration),
        Comparing(
            articles=store,
            words=store,
            background=wiring.word_frequencies,
            common_words=wiring.common_words,
        ),
    )
    if found is None:
        raise IssueError(
            f"{built.id} was built from articles that do not count any more;"
            " build it again: newsletter build-issue"
        )
    decided = decided_between(some, others, settle(store.decisions()))
    return _compared_json(found, first[0], second[0], decided)


def _compared_json(
    found: "Compared", first: "Listed", second: "Listed", decided: str | None
) -> dict[str, Any]:
    known = {
        id_: _titled(source, title)
        for story in (first, second)
        for id_, title, source in story.articles
    }
    nearest = found.nearest
    return {
        "one": first.id,
        "other": second.id,
        "same_story": first.id == second.id,
        "similarity": round(found.mean, 4),
        "threshold": found.threshold,
        "decided": decided,
        "nearest": {
            "articles": [known[nearest.article_id], known[nearest.other_id]],
            "article_ids": [nearest.article_id, nearest.other_id],
            "kind": nearest.kind,
            "score": round(nearest.score, 4),
            "days": nearest.days,
            "terms": list(nearest.terms),
            "weights": list(nearest.weights),
        },
    }


def _compared_lines(found: Mapping[str, Any]) -> Iterator[str]:
    one, nearest = found["similarity"], found["nearest"]
    verdict = "one story" if found["same_story"] else "two stories"
    yield (
        f"{verdict}: similarity {one:.2f} on the mean of all pairs, needed {found['threshold']:.2f}"
    )
    if found["decided"]:
        yield f"the editor decided that they stand {found['decided']}"
    yield "nearest pair:"
    for article in nearest["articles"]:
        yield from _wrapped(article, _INDENT)
    days = f", {_days(nearest['days'])} apart" if nearest["days"] is not None else ""
    what = "alike as copies" if nearest["kind"] == "copy" else "similar"
    yield f"{_INDENT}{nearest['score']:.2f} {what}{days}"
    yield from _terms(nearest)


def _days(days: float) -> str:
    return counted(round(days), "day") if days >= 1 else "less than a day"


def _wrapped(text: str, indent: str, hanging: int = 2) -> list[str]:
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + " " * hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )
