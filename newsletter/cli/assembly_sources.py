"""Puts the store, and nothing that would have to be asked, behind the doors that composing has."""

from functools import partial
from typing import TYPE_CHECKING

from newsletter import wiring
from newsletter.config import Configuration

if TYPE_CHECKING:
    from newsletter.pipeline.compose import Sources
    from newsletter.store import Store


def kept_sources(configuration: Configuration, store: "Store") -> "Sources":
    """Return what an issue is composed of without the network; embeddings are not kept."""
    from newsletter.pipeline.compose import Sources
    from newsletter.pipeline.meaning import vectors_of
    from newsletter.pipeline.rehearse import UnsavedEmbeddings

    embedder = wiring.embedder(configuration)
    memory = UnsavedEmbeddings(store)
    return Sources(
        articles=store,
        words=store,
        paragraphs=store,
        decisions=store,
        issues=store,
        background=wiring.word_frequencies,
        common_words=wiring.common_words,
        summarise=wiring.summariser(),
        vectors=partial(vectors_of, embedder=embedder, memory=memory) if embedder else None,
    )
