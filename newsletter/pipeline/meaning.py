"""Meaning: what an embedding model makes of a window's articles, asked once for each."""

import hashlib
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from newsletter.model import Article, Embedding
from newsletter.pipeline.window import Window
from newsletter.ports import Embedder, Embeddings

_READ = 1_200  # characters of a text: news says the most first, and models read no further
_STORED = np.dtype("<f4")


def vectors_of(
    held: Sequence[Article], window: Window, *, embedder: Embedder, memory: Embeddings
) -> Mapping[str, NDArray[np.float32]]:
    """Return the vector of each of *held*, the articles of *window*, by article id.

    The model is asked for those that are new or have changed, and what it says is kept.
    """
    known = memory.embeddings(window.since, window.until, model=embedder.name)
    texts = {article.id: f"{article.title}\n{article.text[:_READ]}" for article in held}
    digests = {id_: _digest(text) for id_, text in texts.items()}
    wanted = [id_ for id_ in texts if id_ not in known or known[id_].digest != digests[id_]]
    made = embedder([texts[id_] for id_ in wanted])
    fresh = {
        id_: Embedding(
            article_id=id_,
            model=embedder.name,
            digest=digests[id_],
            vector=row.astype(_STORED).tobytes(),
        )
        for id_, row in zip(wanted, made, strict=True)
    }
    memory.save_embeddings(fresh.values())
    return {
        id_: np.frombuffer((fresh.get(id_) or known[id_]).vector, dtype=_STORED) for id_ in texts
    }


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(errors="surrogatepass"), digest_size=16).hexdigest()
