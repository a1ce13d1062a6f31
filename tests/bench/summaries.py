"""Measures the summariser: DATA.jsonl [--out PRED.jsonl] [--beside] [--json].

Run it from the repository root. The whole summary is written, whatever the gate would hold back.
With --beside the first three sentences, and sumy's LexRank if it is installed, are measured on the
same stories in the same run, and written beside PRED.jsonl.
"""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from rivals import rivals

from newsletter.model import Article, Story, Summary
from newsletter.summarise import summarise

_SEEN = datetime(2026, 1, 1, tzinfo=UTC)


def story_of(record: dict[str, Any]) -> Story:
    """Return the story that one line of data describes, its first document the lead."""
    articles = tuple(
        Article(
            id=f"{place:02d}",
            title=document.get("title") or "",
            text=document["text"],
            source=f"source {place}",
            first_seen=_SEEN,
            language=document.get("lang") or record.get("lang") or "en",
        )
        for place, document in enumerate(record["docs"])
    )
    return Story(id=articles[0].id, articles=articles, copies={})


def rouge(records: Iterable[dict[str, Any]], texts: Iterable[str]) -> dict[str, float]:
    """Return the mean ROUGE F1 against the references, or nothing without the package."""
    try:
        from rouge_score import rouge_scorer
    except ImportError:
        return {}
    scorer = rouge_scorer.RougeScorer(["rouge1", "rouge2", "rougeL"], use_stemmer=True)
    scores: dict[str, list[float]] = {"rouge1": [], "rouge2": [], "rougeL": []}
    for record, text in zip(records, texts, strict=True):
        found = scorer.score(record.get("reference", ""), text)
        for name, values in scores.items():
            values.append(found[name].fmeasure)
    return {name: round(statistics.fmean(values), 4) for name, values in scores.items()}


def measure(records: list[dict[str, Any]]) -> tuple[list[Summary], dict[str, float]]:
    """Return every record's summary and the figures over all of them."""
    stories = [story_of(record) for record in records]
    began = time.process_time()
    summaries = [summarise(story) for story in stories]
    spent = time.process_time() - began
    told = [tuple(sentence.text for sentence in summary.sentences) for summary in summaries]
    figures = {"sure": round(statistics.fmean(summary.sure for summary in summaries), 3)}
    return summaries, figures | _figures(records, told, spent)


def _figures(
    records: list[dict[str, Any]], told: list[tuple[str, ...]], spent: float
) -> dict[str, float]:
    texts = [" ".join(sentences) for sentences in told]
    return {
        "stories": float(len(told)),
        "ms_per_story": round(1000 * spent / len(told), 2),
        "mean_words": round(statistics.fmean(len(text.split()) for text in texts), 1),
        "max_words": float(max(len(text.split()) for text in texts)),
        "mean_sentences": round(statistics.fmean(map(len, told)), 2),
        "empty": round(statistics.fmean(not sentences for sentences in told), 3),
        **rouge(records, texts),
    }


def beside(records: list[dict[str, Any]], out: Path | None) -> dict[str, dict[str, float]]:
    """Return the figures of the rivals, and write what they chose beside *out*."""
    found = {}
    for name, rival in rivals().items():
        began = time.process_time()
        told = [rival(record) for record in records]
        found[name] = _figures(records, told, time.process_time() - began)
        if out:
            lines = (
                json.dumps({"id": record["id"], "summary": sentences}, ensure_ascii=False)
                for record, sentences in zip(records, told, strict=True)
            )
            path = out.with_name(f"{out.stem}.{name}{out.suffix}")
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return found


def main() -> None:
    """Run the measurement that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--beside", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    # By line feeds alone: a text may hold other marks that `splitlines` takes for an end.
    with options.data.open(encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines if line.strip()]
    if not records:
        parser.error(f"{options.data}: holds no stories")
    summaries, figures = measure(records)
    if options.out:
        predictions = (
            {
                "id": record["id"],
                "summary": [sentence.text for sentence in summary.sentences],
                "sure": summary.sure,
                "score": summary.score,
                "headline": summary.headline,
            }
            for record, summary in zip(records, summaries, strict=True)
        )
        lines = [json.dumps(prediction, ensure_ascii=False) for prediction in predictions]
        options.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    compared = beside(records, options.out) if options.beside else {}
    if options.json:
        sys.stdout.write(json.dumps({**figures, **compared}) + "\n")
        return
    for title, part in (("", figures), *compared.items()):
        sys.stdout.writelines(f"{title:8s} {name:16s} {value:g}\n" for name, value in part.items())


if __name__ == "__main__":
    main()
