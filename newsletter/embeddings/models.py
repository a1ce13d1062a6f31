"""Opens embedding models of three libraries, each an extra, and gives their vectors one shape."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsletter.errors import ConfigError

Vectors = NDArray[np.float32]

# What is opened where feeds.yaml names a library but no model: small, and made for likeness.
DEFAULT_MODELS: Mapping[str, str] = {
    "fastembed": "sentence-transformers/paraphrase-multilingual-MiniLM-L12-v2",
    "model2vec": "minishlab/potion-multilingual-128M",
    "wordllama": "l2_supercat_256",
}
_BATCH = 64


class Embedder:
    """A model behind one door; `name` tells library and model, for what is kept of it."""

    def __init__(self, name: str, embed: Callable[[Sequence[str]], Iterable[Any]]) -> None:
        self.name = name
        self._embed = embed

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """Return one row of length 1 for each text, of length 0 for one without words."""
        if not texts:
            return np.zeros((0, 0), dtype=np.float32)
        rows = np.array(list(self._embed(list(texts))), dtype=np.float32)
        rows[~np.isfinite(rows).all(axis=1)] = (
            0.0  # a model that fails at one text says nothing of it
        )
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        found = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
        return np.asarray(found, dtype=np.float32)


def open_embedder(library: str, model: str | None, workspace: Path) -> Embedder:
    """Return the *model* of *library*, its default if None; a path is taken from *workspace*.

    A model that is not on this machine yet is downloaded by its library, once.

    Raises:
        ConfigError: the library is not installed, or the model cannot be opened.
    """
    wanted = model or DEFAULT_MODELS[library]
    folder = workspace / wanted
    try:
        embed = _OPENERS[library](str(folder) if folder.is_dir() else wanted)
    except ImportError as error:
        raise ConfigError(
            [
                (
                    f"stories.embeddings: {library} is not installed: pip install"
                    f" 'newsletter[{library}]', or take the line out"
                )
            ]
        ) from error
    except Exception as error:  # whatever a library says of a model that it cannot have
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise ConfigError(
            [
                (
                    f"stories.embeddings: {library} cannot open the model {wanted!r} ({reason});"
                    " name a folder that holds one as stories.model, or let it be downloaded once"
                )
            ]
        ) from error
    return Embedder(f"{library} {wanted}", embed)


def _model2vec(model: str) -> Callable[[Sequence[str]], Iterable[Any]]:
    from model2vec import StaticModel

    opened = StaticModel.from_pretrained(model, force_download=False)
    return lambda texts: opened.encode(texts, use_multiprocessing=False)


def _fastembed(model: str) -> Callable[[Sequence[str]], Iterable[Any]]:
    from fastembed import TextEmbedding

    if Path(model).is_dir():
        opened = TextEmbedding(DEFAULT_MODELS["fastembed"], specific_model_path=model)
    else:
        opened = TextEmbedding(model)
    return lambda texts: opened.embed(texts, batch_size=_BATCH)


def _wordllama(model: str) -> Callable[[Sequence[str]], Iterable[Any]]:
    import wordllama

    # Its wheel holds one model, and looks for it there only if its own folder is named as cache.
    home = Path(wordllama.__file__).parent
    config, _, dimensions = model.rpartition("_")
    opened = wordllama.WordLlama.load(
        config=config, dim=int(dimensions), cache_dir=home, disable_download=True
    )
    return lambda texts: opened.embed(texts, batch_size=_BATCH)


_OPENERS = {"fastembed": _fastembed, "model2vec": _model2vec, "wordllama": _wordllama}
