"""Content codings undone under a cap: a bomb stops at the cap, not at the end of memory."""

import zlib
from typing import Protocol

from newsletter.errors import FetchError

ACCEPTED = "gzip, deflate"


class Decoder(Protocol):
    """Takes an answer's body chunk by chunk and gives it back decoded."""

    def add(self, chunk: bytes) -> None:
        """Take the next chunk as it came over the wire."""

    def finish(self) -> bytes:
        """Return the whole decoded body."""


def decoder(coding: str | None, max_bytes: int) -> Decoder:
    """Return a decoder for a Content-Encoding (RFC 9110, 8.4), capped at *max_bytes* decoded.

    Raises:
        FetchError: the coding is not one of those that were asked for.
    """
    match (coding or "identity").strip().lower():
        case "identity" | "":
            return _Identity(max_bytes)
        case "gzip" | "x-gzip":
            return _Inflate(max_bytes, wbits=16 + zlib.MAX_WBITS)
        case "deflate":
            return _Inflate(max_bytes, wbits=zlib.MAX_WBITS)
        case other:
            raise FetchError(f"is sent as {other[:40]!r}, though only {ACCEPTED} was asked for")


def too_large(max_bytes: int) -> FetchError:
    """Return the error for a body over the cap."""
    return FetchError(f"is larger than {max_bytes / 1e6:g} MB; to allow it, raise fetch.max_bytes")


class _Identity:
    def __init__(self, max_bytes: int) -> None:
        self._body = bytearray()
        self._max_bytes = max_bytes

    def add(self, chunk: bytes) -> None:
        self._body += chunk
        if len(self._body) > self._max_bytes:
            raise too_large(self._max_bytes)

    def finish(self) -> bytes:
        return bytes(self._body)


class _Inflate:
    def __init__(self, max_bytes: int, wbits: int) -> None:
        self._body = bytearray()
        self._max_bytes = max_bytes
        self._wbits = wbits
        self._inflater = zlib.decompressobj(wbits)
        self._started = False

    def add(self, chunk: bytes) -> None:
        try:
            self._inflate(chunk)
        except zlib.error as error:
            # "deflate" is sent bare as often as in the zlib wrapper that RFC 9110 asks for.
            if self._started or self._wbits != zlib.MAX_WBITS:
                raise FetchError("is damaged: its compression cannot be undone") from error
            self._wbits = -zlib.MAX_WBITS
            self._inflater = zlib.decompressobj(self._wbits)
            self.add(chunk)

    def finish(self) -> bytes:
        if self._started and not self._inflater.eof:
            raise FetchError("broke off in the middle")
        return bytes(self._body)

    def _inflate(self, chunk: bytes) -> None:
        while chunk:
            if self._inflater.eof:
                # A gzip body may hold several members, one after the other (RFC 1952, 2.2).
                if self._wbits < 16 or not chunk.startswith(b"\x1f\x8b"):
                    return
                self._inflater = zlib.decompressobj(self._wbits)
            room = self._max_bytes - len(self._body) + 1
            self._body += self._inflater.decompress(chunk, room)
            if len(self._body) > self._max_bytes:
                raise too_large(self._max_bytes)
            self._started = True
            chunk = self._inflater.unconsumed_tail or self._inflater.unused_data
