"""Stories, a summariser and an endpoint's desk for the tests of writing."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from llm_server import Endpoint, Talk, model_server

from newsletter.llm import Endpoint as Settings
from newsletter.llm import LanguageModel
from newsletter.model import Article, Assignment, Sentence, Story, Summary
from newsletter.pipeline.writing import WritingDesk, Written, written
from newsletter.store.store import Store

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
VOTE = (
    "The council of Port Ellery voted on Tuesday to close the Harbour Bridge after engineers found "
    "cracks in two of its piers, officials said."
)
COST = "The repair of the Harbour Bridge will cost 40 million euros, according to the council."
FERRY = "Mayor Ann Lim said a ferry would carry 2,000 commuters a day across Port Ellery."
TOLD = (
    "Port Ellery's council voted on Tuesday to close the Harbour Bridge over cracks in two piers."
)
GOOD = f"{TOLD} [1]\nIts repair will cost €40m, the council said. [2]"
LIE = f"{TOLD} [1]\nIts repair will cost €60m, the council said. [2]"
KEY = "sk-harbour-bridge-1962"


def story(name: str = "a", text: str = f"{VOTE}\n{COST}\n{FERRY}", other: str = "") -> Story:
    """Return a story of one article, and of a second one if there is *other* text."""
    texts = {name: text} | ({f"{name}2": other} if other else {})
    articles = tuple(
        Article(id=key, title="", text=words, source=f"Herald {key}", first_seen=NOW)
        for key, words in texts.items()
    )
    return Story(id=name, articles=articles, copies={})


def in_its_own_words(told: Story, assignment: Assignment) -> Summary:
    """Summarise as the newsletter does without a model: with the lead's first sentence."""
    first = told.lead.text.partition("\n")[0]
    return Summary(
        headline=f"Headline of {told.id}",
        sentences=(Sentence(text=first, article_id=told.lead.id),),
        sure=False,
        lede_sure=True,
        held=(Sentence(text=COST, article_id=told.lead.id),),
        notes=("unsure of what follows",),
        genre="review" if told.id.startswith("review") else "news",
    )


def desk(server: Endpoint, store: Store, **settings: Any) -> WritingDesk:
    """Return the desk of an endpoint whose waits are not waited."""
    known = {key: settings.pop(key) for key in ("concurrency", "budget") if key in settings}
    usual = {"model": "tiny", "timeout_s": 20.0, "api_key": KEY}
    endpoint = Settings(base_url=server.base_url, **{**usual, **settings})
    writer = LanguageModel(endpoint, sleep=lambda seconds: None)
    return WritingDesk(writer=writer, answers=store, now=NOW, **known)


def issue(
    store: Store,
    *talks: Talk,
    stories: Sequence[Story] = (),
    scores: Sequence[float] = (),
    builds: int = 1,
    **settings: Any,
) -> tuple[Written, Endpoint]:
    """Return what is written of stories by an endpoint that answers so, and the endpoint.

    Of several *builds* the last one's; the endpoint is the same.
    """
    jobs = [(one, Assignment()) for one in stories or (story(),)]
    with model_server(*talks) as server:
        for _ in range(builds):
            asked = desk(server, store, **settings)
            found = written(jobs, in_its_own_words, asked, scores=scores)
    return found, server


def only(found: Written) -> Summary:
    """Return the summary of the only story."""
    (summary,) = found.summaries
    return summary
