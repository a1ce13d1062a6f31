"""Writing: stories told in their sources' words, and in a model's own where those stand a check."""

import logging
from collections import deque
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import Thread

from newsletter.model import Assignment, Cite, Sentence, Story, Summary
from newsletter.ports import Answers, Reply, Summariser, Writer
from newsletter.summarise.documents import read
from newsletter.summarise.grounding.drafts import DraftSentence, read_draft
from newsletter.summarise.grounding.faults import faults
from newsletter.summarise.grounding.prompt import (
    Material,
    estimated_tokens,
    key_of,
    material,
    messages,
)

log = logging.getLogger(__name__)

_CHECKED = "every number, date, name and quotation stands in the sentences that it cites"
_PATIENCE = 3  # failures in a row after which an endpoint is asked no more

Job = tuple[Story, Assignment]


@dataclass(frozen=True, slots=True, kw_only=True)
class WritingDesk:
    """Who writes for this issue, who remembers, and how much it may cost.

    `budget` is in tokens, the model's answers among them.
    """

    writer: Writer
    answers: Answers
    now: datetime
    concurrency: int = 4
    budget: int = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What became of asking: calls, tokens, and why a model's summary is not printed.

    `refused` has the story's id and the reason, in the stories' order; `fault` is why the model was
    asked no more, or never answered; "" where it was and did.
    """

    model: str = ""
    calls: int = 0
    cached: int = 0
    accepted: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    refused: tuple[tuple[str, str], ...] = ()
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The summaries of stories in their order, and what they cost."""

    summaries: tuple[Summary, ...]
    spent: Spent = field(default_factory=Spent)


def written(
    jobs: Sequence[Job],
    summarise: Summariser,
    desk: WritingDesk | None = None,
    *,
    scores: Sequence[float] = (),
) -> Written:
    """Return a summary of each story, as its assignment asks.

    Each is made of its sources' own sentences first. With a *desk*, a language model is asked about
    the stories that are news, those with the best of *scores* first, and its summary takes the
    place of the other if it stands the check (see `newsletter.summarise.grounding.faults`). All it
    costs to refuse or to fail is a note in the summary. The same replies make the same summaries,
    whichever comes first.
    """
    summaries = [summarise(story, assignment) for story, assignment in jobs]
    if desk is None:
        return Written(summaries=tuple(summaries))
    order = sorted(range(len(jobs)), key=lambda place: -scores[place] if scores else 0.0)
    round_ = _Round(desk, jobs, summaries)
    for place in order:
        round_.take(place)
    round_.finish()
    return Written(summaries=tuple(summaries), spent=round_.spent())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """A story as it is put before the model, and the tokens set aside for it."""

    place: int
    found: Material
    asked: Sequence[Mapping[str, str]]
    key: str
    reserved: int


class _Round:
    """One issue's questions: asked several at a time, settled in the order they were asked."""

    def __init__(self, desk: WritingDesk, jobs: Sequence[Job], summaries: list[Summary]) -> None:
        self._desk, self._jobs, self._summaries = desk, jobs, summaries
        self._waiting: deque[tuple[_Asked, Future[Reply]]] = deque()
        self._reasons: dict[int, str] = {}
        self._calls = self._cached = self._accepted = 0
        self._tokens_in = self._tokens_out = 0
        self._in_a_row = 0
        self._fault = ""
        self._has_answered = False
        self._silence = ""

    def take(self, place: int) -> None:
        """Look a story's answer up, or ask for it; wait for earlier ones where that must be."""
        asked = self._prepared(place)
        if asked is None:
            return
        kept = self._desk.answers.answer(asked.key)
        if kept is not None:
            self._cached += 1
            self._judge(asked, kept[0])
            return
        while len(self._waiting) >= self._desk.concurrency:
            self._settle()
        while self._waiting and self._missing(asked):
            self._settle()
        if not self._fault and self._missing(asked):
            self._fault = (
                f"the issue's budget of {self._desk.budget:,} tokens is spent (summaries.budget)"
            )
        if self._fault:
            self._refuse(place, f"the language model was not asked: {self._fault}")
            return
        self._waiting.append((asked, _begun(self._desk.writer, asked.asked)))

    def finish(self) -> None:
        """Wait for all that was asked."""
        while self._waiting:
            self._settle()

    def spent(self) -> Spent:
        """Return what it came to."""
        return Spent(
            model=self._desk.writer.name,
            calls=self._calls,
            cached=self._cached,
            accepted=self._accepted,
            tokens_in=self._tokens_in,
            tokens_out=self._tokens_out,
            refused=tuple(
                (self._jobs[place][0].id, reason) for place, reason in sorted(self._reasons.items())
            ),
            fault=self._fault or ("" if self._has_answered else self._silence),
        )

    def _prepared(self, place: int) -> _Asked | None:
        """Return what is to be asked about a story, None where there is nothing to ask."""
        story, assignment = self._jobs[place]
        # Who reviews or comments is given a line: retold, it would pass for news.
        if self._summaries[place].genre != "news":
            return None
        found = material(read(story, assignment.repeated))
        if found.removed:
            known = self._summaries[place]
            self._summaries[place] = replace(known, removed=(*known.removed, *found.removed))
        if not found.sentences:
            return None
        asked = messages(found, assignment)
        writer = self._desk.writer
        return _Asked(
            place=place,
            found=found,
            asked=asked,
            key=key_of(asked, model=writer.name, host=writer.host),
            reserved=estimated_tokens(*(one["content"] for one in asked)) + writer.answer_tokens,
        )

    def _missing(self, asked: _Asked) -> bool:
        """Tell whether the budget does not reach for one more, with all that is under way."""
        under_way = sum(one.reserved for one, _ in self._waiting)
        spent = self._tokens_in + self._tokens_out
        return spent + under_way + asked.reserved > self._desk.budget

    def _settle(self) -> None:
        """Wait for the question asked first, count what it cost, and judge the answer."""
        asked, future = self._waiting.popleft()
        reply = future.result()
        self._calls += reply.calls
        if reply.is_down:
            self._failed(asked, reply)
            return
        self._in_a_row = 0
        self._has_answered = True
        prompt = estimated_tokens(*(one["content"] for one in asked.asked))
        tokens_in = prompt if reply.tokens_in is None else reply.tokens_in
        tokens_out = (
            estimated_tokens(reply.content) if reply.tokens_out is None else reply.tokens_out
        )
        self._tokens_in += tokens_in
        self._tokens_out += tokens_out
        if reply.failure:
            self._refuse(asked.place, f"the language model wrote no summary: {reply.failure}")
            return
        self._desk.answers.save_answer(
            asked.key,
            model=self._desk.writer.name,
            content=reply.content,
            tokens_in=tokens_in,
            tokens_out=tokens_out,
            made_at=self._desk.now,
        )
        self._judge(asked, reply.content)

    def _failed(self, asked: _Asked, reply: Reply) -> None:
        self._in_a_row += 1
        self._silence = reply.failure
        self._refuse(asked.place, f"the language model wrote no summary: {reply.failure}")
        if self._in_a_row == _PATIENCE and not self._fault:
            self._fault = reply.failure
            log.warning(
                "language model: asked no more for this issue after %d failures in a row: %s",
                _PATIENCE,
                reply.failure,
            )

    def _judge(self, asked: _Asked, content: str) -> None:
        """Print what a model said, or say why not."""
        _, assignment = self._jobs[asked.place]
        draft = read_draft(content)
        reasons = faults(draft, asked.found.sentences, assignment, asked.found.language)
        if reasons:
            told = "; ".join(reasons)
            self._refuse(asked.place, f"the language model's summary was refused: {told}")
            return
        self._accepted += 1
        self._summaries[asked.place] = replace(
            self._summaries[asked.place],
            sentences=_sentences(draft, asked.found),
            sure=True,
            lede_sure=True,
            held=(),
            notes=(f"written by {self._desk.writer.name}: {_CHECKED}",),
            by="llm",
        )

    def _refuse(self, place: int, reason: str) -> None:
        self._reasons[place] = reason
        summary = self._summaries[place]
        self._summaries[place] = replace(summary, notes=(*summary.notes, reason))


def _begun(writer: Writer, asked: Sequence[Mapping[str, str]]) -> Future[Reply]:
    """Ask in a thread that nobody waits for once the build is interrupted."""
    future: Future[Reply] = Future()

    def ask() -> None:
        try:
            future.set_result(writer(asked))
        except BaseException as error:  # noqa: BLE001 - whoever waits for the reply meets it
            future.set_exception(error)

    Thread(target=ask, daemon=True, name="writer").start()
    return future


def _sentences(draft: Sequence[DraftSentence], found: Material) -> tuple[Sentence, ...]:
    by_number = {one.number: one for one in found.sentences}
    return tuple(
        Sentence(
            text=one.text,
            article_id=by_number[one.cites[0]].article_id,
            cites=tuple(
                Cite(article_id=by_number[number].article_id, text=by_number[number].original)
                for number in one.cites
            ),
        )
        for one in draft
    )
