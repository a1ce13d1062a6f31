"""What the store keeps of a build for an editor who asks why: JSON values."""

from collections.abc import Mapping
from typing import Any

from newsletter.issue.why import why
from newsletter.model import Article, Bond, Ranked, Summary


def explain(
    ranked: Ranked, articles: Mapping[str, Article], summary: Summary | None
) -> Mapping[str, Any]:
    """Return all that speaks for a story: its members, ties, rank and, if chosen, its summary."""
    story = ranked.story
    return {
        "id": story.id,
        "headline": summary.headline if summary else story.lead.title,
        "section": ranked.section,
        "score": ranked.score,
        "reasons": list(ranked.reasons),
        "why": list(why(story, articles)),
        "articles": [
            {
                "id": article.id,
                "title": article.title,
                "source": article.source,
                "url": article.url,
                "lead": article.id == story.lead.id,
                "copy_of": story.copies.get(article.id),
            }
            for article in story.articles
        ],
        "bonds": [_bond(bond, articles) for bond in story.bonds],
        "nearest": _bond(story.nearest, articles) if story.nearest else None,
        "summary": {
            "sure": summary.sure,
            "score": round(summary.score, 4),
            "sentences": [
                {"text": sentence.text, "source": articles[sentence.article_id].source}
                for sentence in summary.sentences
            ],
        }
        if summary
        else None,
    }


def _bond(bond: Bond, articles: Mapping[str, Article]) -> Mapping[str, Any]:
    other = articles.get(bond.other_id)
    return {
        "article_id": bond.article_id,
        "other_id": bond.other_id,
        "other": f"{other.title or 'untitled'} ({other.source})" if other else "",
        "kind": bond.kind,
        "score": round(bond.score, 4),
        "threshold": bond.threshold,
        "terms": list(bond.terms),
    }
