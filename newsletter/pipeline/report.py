"""What the store keeps of a build for an editor who asks why: JSON values."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from newsletter.issue.why import why
from newsletter.model import (
    Article,
    Bond,
    Continuation,
    Decision,
    Difference,
    Ranked,
    Sentence,
    Story,
    Summary,
)
from newsletter.pipeline.listing import pair_of
from newsletter.stories.continuity import CONTINUES
from newsletter.stories.explain import spelt
from newsletter.stories.rank import Choice, outlet_of

_EXPLAINED = 50  # of the stories not chosen, how many are explained in full


def report(
    chosen: Sequence[tuple[Ranked, Summary]],
    choice: Choice,
    articles: Mapping[str, Article],
    decisions: Sequence[Decision] = (),
) -> Mapping[str, Any]:
    """Return what is kept of a build: `stories` chosen, those `passed_over`, `all` in brief.

    Of those passed over the first fifty are kept and all repeats, for what was taken for one may be
    news. `decisions` are those on two of the *articles*.
    """
    return {
        "stories": [explain(ranked, articles, summary) for ranked, summary in chosen],
        "passed_over": [
            {"story": explain(ranked, articles, None), "reason": reason}
            for place, (ranked, reason) in enumerate(choice.passed_over)
            if place < _EXPLAINED or ranked.story.continuation.is_repeat
        ],
        "all": [
            *(_brief(ranked, summary.headline, None) for ranked, summary in chosen),
            *(_brief(ranked, "", reason) for ranked, reason in choice.passed_over),
        ],
        "decisions": [
            pair_of(one)
            for one in decisions
            if one.article_id in articles and one.other_id in articles
        ],
    }


def explain(
    ranked: Ranked, articles: Mapping[str, Article], summary: Summary | None
) -> Mapping[str, Any]:
    """Return all that speaks for a story: its members, ties, rank and, if chosen, its summary."""
    story = ranked.story
    near = {one.article_id: one for one in story.closeness}
    sources = {article.id: article.source for article in story.articles}
    return {
        "id": story.id,
        "headline": summary.headline if summary else story.lead.title,
        "section": ranked.section,
        "score": ranked.score,
        "reasons": list(ranked.reasons),
        "why": list(why(story, articles)),
        "measured_to": story.closeness[0].article_id if story.closeness else story.lead.id,
        "articles": [
            {
                "id": article.id,
                "title": article.title,
                "source": article.source,
                "url": article.url,
                "lead": article.id == story.lead.id,
                "copy_of": story.copies.get(article.id),
                "to_lead": round(near[article.id].to_lead, 4) if article.id in near else None,
                "to_story": round(near[article.id].to_story, 4) if article.id in near else None,
                "days": near[article.id].days if article.id in near else None,
            }
            for article in story.articles
        ],
        "bonds": [_bond(bond, articles) for bond in story.bonds],
        "nearest": _nearest(story, articles),
        "continuation": _continuation(story.continuation),
        "summary": _summary(summary, sources) if summary else None,
        "differences": [
            _difference(one, sources) for one in (summary.differences if summary else ())
        ],
        "removed": [
            {**asdict(one), "source": sources.get(one.article_id, "")}
            for one in (summary.removed if summary else ())
        ],
    }


def _nearest(story: Story, articles: Mapping[str, Article]) -> Mapping[str, Any] | None:
    if story.nearest is None:
        return None
    return _bond(spelt(story.nearest, articles[story.nearest.article_id]), articles)


def _bond(bond: Bond, articles: Mapping[str, Article]) -> Mapping[str, Any]:
    other = articles.get(bond.other_id)
    return {
        "article_id": bond.article_id,
        "other_id": bond.other_id,
        "other": _titled(other) if other else "",
        "kind": bond.kind,
        "score": round(bond.score, 4),
        "threshold": bond.threshold,
        "terms": list(bond.terms),
        "weights": list(bond.weights),
        "days": bond.days,
        "mean": None if bond.mean is None else round(bond.mean, 4),
    }


def _titled(article: Article) -> str:
    if article.title == article.source:
        return article.title
    return f"{article.title or 'untitled'} ({article.source})"


def _continuation(found: Continuation) -> Mapping[str, Any]:
    return {
        "earlier": [
            {
                "issue": one.issue_id,
                "story": one.story_id,
                "headline": one.headline,
                "score": round(one.score, 4),
            }
            for one in found.earlier
        ],
        "threshold": round(CONTINUES, 4),
        "new": list(found.new),
        "is_repeat": found.is_repeat,
    }


def _summary(summary: Summary, sources: Mapping[str, str]) -> Mapping[str, Any]:
    return {
        "sure": summary.sure,
        "lede_sure": summary.lede_sure,
        "score": round(summary.score, 4),
        "genre": summary.genre,
        "by": summary.by,
        "sentences": [_sentence(sentence, sources) for sentence in summary.sentences],
        "held": [_sentence(sentence, sources) for sentence in summary.held],
        "notes": list(summary.notes),
    }


def _sentence(sentence: Sentence, sources: Mapping[str, str]) -> Mapping[str, Any]:
    return {
        "text": sentence.text,
        "source": sources[sentence.article_id],
        "confirmed_by": [sources[id_] for id_ in sentence.confirmed_by if id_ in sources],
        "dates": [asdict(date) for date in sentence.dates],
        "cites": [
            {"source": sources.get(cite.article_id, ""), "text": cite.text}
            for cite in sentence.cites
        ],
    }


def _difference(difference: Difference, sources: Mapping[str, str]) -> Mapping[str, Any]:
    return {
        **asdict(difference),
        "said": [
            {
                **asdict(said),
                "sources": [sources[id_] for id_ in said.article_ids if id_ in sources],
            }
            for said in difference.said
        ],
    }


def _brief(ranked: Ranked, headline: str, reason: str | None) -> Mapping[str, Any]:
    """Return a story in brief; a headline that is the lead's title is not written twice."""
    story = ranked.story
    own = [article for article in story.articles if article.id not in story.copies]
    return {
        "id": story.id,
        "headline": headline if headline != story.lead.title else "",
        "section": ranked.section,
        "score": ranked.score,
        "outlets": len({outlet_of(article) for article in own}),
        "reason": reason,
        "articles": [[article.id, article.title, article.source] for article in story.articles],
    }
