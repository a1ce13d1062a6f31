"""What summaries are measured against: the first sentences, and LexRank as sumy has it."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from newsletter.text.sentences import sentences

_WORD = re.compile(r"[^\W_]+")
_LENGTH = 3  # sentences

Rival = Callable[[Mapping[str, Any]], tuple[str, ...]]


def lead_3(record: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the first three sentences of the story's first document, as they stand."""
    return _split(record["docs"][0]["text"])[:_LENGTH]


def lexrank(record: Mapping[str, Any]) -> tuple[str, ...]:
    """Return three sentences by LexRank (Erkan and Radev 2004) over all documents, in order."""
    from sumy.nlp.stemmers import Stemmer
    from sumy.parsers.plaintext import PlaintextParser
    from sumy.summarizers.lex_rank import LexRankSummarizer

    text = "\n".join(document["text"] for document in record["docs"])
    found = LexRankSummarizer(Stemmer("english"))(
        PlaintextParser.from_string(text, _Tokens()).document, _LENGTH
    )
    return tuple(str(sentence) for sentence in found)


def rivals() -> Mapping[str, Rival]:
    """Return those that can be had, by name."""
    try:
        import sumy  # noqa: F401
    except ImportError:
        return {"lead3": lead_3}
    return {"lead3": lead_3, "lexrank": lexrank}


class _Tokens:
    """sumy's tokenizer, with this product's sentences: its own wants a download."""

    def to_sentences(self, text: str) -> tuple[str, ...]:
        return _split(text)

    def to_words(self, text: str) -> tuple[str, ...]:
        return tuple(_WORD.findall(text.lower()))


def _split(text: str) -> tuple[str, ...]:
    return tuple(
        sentence for line in text.splitlines() if line.strip() for sentence in sentences(line)
    )
