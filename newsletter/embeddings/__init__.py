"""Meaning as numbers: vectors of texts from a model that the editor chose to install."""

from newsletter.embeddings.models import DEFAULT_MODELS, Embedder, open_embedder

__all__ = ["DEFAULT_MODELS", "Embedder", "open_embedder"]
