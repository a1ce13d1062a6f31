"""Content codings undone under a cap: a bomb stops at the cap, not at the end of memory."""

import zlib
from typing import Protocol

from newsletter.errors import FetchError
from newsletter.text.markup import one_line

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
            named = one_line(other[:40])
            raise FetchError(f"is sent as {named!r}, though only {ACCEPTED} was asked for")


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
        self._pending = b""  # what may still turn out to be the start of something else

    def add(self, chunk: bytes) -> None:
        chunk, self._pending = self._pending + chunk, b""
        if self._wbits == zlib.MAX_WBITS and not self._started:
            if len(chunk) < 2:  # octets of the zlib header (RFC 1950, 2.2)
                self._pending = chunk
                return
            # "deflate" is sent bare as often as in the zlib wrapper that RFC 9110 asks for.
            if chunk[0] & 0x0F != 8 or int.from_bytes(chunk[:2]) % 31:
                self._wbits = -zlib.MAX_WBITS
                self._inflater = zlib.decompressobj(self._wbits)
        try:
            self._inflate(chunk)
        except zlib.error as error:
            raise FetchError("is damaged: its compression cannot be undone") from error

    def finish(self) -> bytes:
        if self._pending or (self._started and not self._inflater.eof):
            raise FetchError("broke off in the middle")
        return bytes(self._body)

    def _inflate(self, chunk: bytes) -> None:
        while chunk:
            if self._inflater.eof:
                # A gzip body may hold several members, one after the other (RFC 1952, 2.2).
                if self._wbits < 16 or not b"\x1f\x8b".startswith(chunk[:2]):
                    return
                if len(chunk) < 2:
                    self._pending = chunk
                    return
                self._inflater = zlib.decompressobj(self._wbits)
            room = self._max_bytes - len(self._body) + 1
            self._body += self._inflater.decompress(chunk, room)
            if len(self._body) > self._max_bytes:
                raise too_large(self._max_bytes)
            self._started = True
            chunk = self._inflater.unconsumed_tail or self._inflater.unused_data
