"""How well mail clients support what an e-mail uses, after the caniemail project's tests."""

from newsletter.render.checking.clients.supporting import support

__all__ = ["support"]
