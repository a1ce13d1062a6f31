"""Asks a language model: one endpoint, named in feeds.yaml, that speaks OpenAI's protocol."""

from newsletter.llm.endpoint import Endpoint, open_endpoint
from newsletter.llm.model import LanguageModel, Reply

__all__ = ["Endpoint", "LanguageModel", "Reply", "open_endpoint"]
