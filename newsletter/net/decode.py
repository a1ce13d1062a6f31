"""Content codings undone piece by piece: a bomb stops at the cap, not at the end of memory."""

import sys
import zlib
from collections.abc import Callable, Iterator
from typing import Any, Protocol

from newsletter.errors import FetchError
from newsletter.text.markup import one_line

ACCEPTED = "gzip, deflate, br, zstd"
PIECE = 262_144  # bytes that are decoded in one go: a millisecond, so that nobody else waits
# 15 MB of empty members would cost seconds; honest writers put 64 kB or more into each.
_MOST_MEMBERS = 10_000
_WINDOW_LOG = 23  # zstd windows over 8 MB are not for the web (RFC 9659)
_GZIP = (b"\x1f\x8b",)
_ZSTD = (b"\x28\xb5\x2f\xfd", *(bytes((0x50 + low, 0x2A, 0x4D, 0x18)) for low in range(16)))


class Undo(Protocol):
    """A library's decompressor of one gzip member, one zstd frame, one brotli or zlib stream."""

    @property
    def eof(self) -> bool:
        """Tell whether its end was reached."""

    @property
    def needs_input(self) -> bool:
        """Tell whether all that can be given for the input so far has been given."""

    @property
    def unused_data(self) -> bytes:
        """Return what was found behind its end."""

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """Return what *data* adds, about *max_length* bytes at most; the rest on later calls."""


class Decoder:
    """Takes a body chunk by chunk and gives it back decoded, in pieces of about 256 kB at most."""

    def __init__(
        self,
        make: Callable[[bytes], Undo],
        fault: type[Exception],
        members: tuple[bytes, ...] = (),
    ) -> None:
        self._make = make
        self._fault = fault
        self._members = members  # how a further member begins; none: what follows is left unread
        self._count = 0
        self._undo: Undo | None = None
        self._pending = b""  # too short to tell what it begins

    def pieces(self, chunk: bytes) -> Iterator[bytes]:
        """Yield what *chunk* adds to the body.

        Raises:
            FetchError: the bytes are not in the coding that they were said to be in.
        """
        try:
            yield from self._pieces(self._pending + chunk)
        except self._fault as error:
            raise FetchError("is damaged: its compression cannot be undone") from error

    def finish(self) -> None:
        """See that nothing is missing at the end; a body without a byte is complete.

        Raises:
            FetchError: the body broke off.
        """
        if self._pending or (self._undo is not None and not self._undo.eof):
            raise FetchError("broke off in the middle")

    def _pieces(self, chunk: bytes) -> Iterator[bytes]:
        self._pending = b""
        while chunk:
            if self._undo is None or self._undo.eof:
                if len(chunk) < 2 or (self._undo and self._is_short(chunk)):
                    self._pending = chunk
                    return
                if self._undo and not chunk.startswith(self._members or (chunk + b"-",)):
                    return
                self._undo = self._make(chunk)
                self._count += 1
                if self._count > _MOST_MEMBERS:
                    raise FetchError("is damaged: its compression is cut into too many pieces")
            yield self._undo.decompress(chunk, PIECE)
            while not self._undo.eof and not self._undo.needs_input:
                yield self._undo.decompress(b"", PIECE)
            chunk = self._undo.unused_data

    def _is_short(self, chunk: bytes) -> bool:
        """Tell whether *chunk* may be the first bytes of a further member, too few to say."""
        return any(len(chunk) < len(magic) and magic.startswith(chunk) for magic in self._members)


def decoder(coding: str | None) -> Decoder | None:
    """Return a decoder for a Content-Encoding (RFC 9110, 8.4), None where nothing is coded.

    Raises:
        FetchError: the coding is not one of those that were asked for, or one upon another.
    """
    listed = [part.strip().lower() for part in (coding or "").split(",")]
    match [part for part in listed if part not in {"", "identity"}]:
        case []:
            return None
        case ["gzip" | "x-gzip"]:
            return Decoder(lambda _: _Inflate(16 + zlib.MAX_WBITS), zlib.error, _GZIP)
        case ["deflate"]:
            return Decoder(_deflate, zlib.error)
        case ["br"]:
            return _brotli()
        case ["zstd"]:
            return _zstd()
        case [_]:
            named = one_line((coding or "").strip()[:40])
            raise FetchError(f"is sent as {named!r}, though only {ACCEPTED} was asked for")
        case several:
            named = one_line(", ".join(several)[:40])
            raise FetchError(f"is compressed more than once ({named}), which is not undone")


def too_large(max_bytes: int) -> FetchError:
    """Return the error for a body over the cap."""
    return FetchError(f"is larger than {max_bytes / 1e6:g} MB; to allow it, raise fetch.max_bytes")


class _Inflate:
    def __init__(self, wbits: int) -> None:
        self._zlib = zlib.decompressobj(wbits)
        self._is_full = False

    @property
    def eof(self) -> bool:
        return self._zlib.eof

    @property
    def needs_input(self) -> bool:
        return not self._zlib.unconsumed_tail and not self._is_full

    @property
    def unused_data(self) -> bytes:
        return self._zlib.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        piece = self._zlib.decompress(self._zlib.unconsumed_tail + data, max_length)
        self._is_full = len(piece) >= max_length  # zlib may hold more, though its input is used up
        return piece


def _deflate(start: bytes) -> Undo:
    """Return a decompressor for "deflate", which is sent bare as often as RFC 9110 wants it.

    The zlib wrapper begins with two octets that say so (RFC 1950, 2.2).
    """
    wrapped = start[0] & 0x0F == 8 and int.from_bytes(start[:2]) % 31 == 0
    return _Inflate(zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS)


class _Brotli:
    unused_data = b""

    def __init__(self, decompressor: Any) -> None:
        self._brotli = decompressor
        self._has_given = False

    @property
    def eof(self) -> bool:
        return bool(self._brotli.is_finished())

    @property
    def needs_input(self) -> bool:
        # It can take more while it still holds output: only an empty answer says that it has none.
        return not self._has_given

    def decompress(self, data: bytes, max_length: int) -> bytes:
        piece: bytes = self._brotli.process(data, output_buffer_limit=max_length)
        self._has_given = bool(piece)
        return piece


def _brotli() -> Decoder:
    import brotli  # type: ignore[import-untyped]  # it has no stubs

    return Decoder(lambda _: _Brotli(brotli.Decompressor()), brotli.error)


def _zstd() -> Decoder:
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    # Without a limit a frame's header may ask for gigabytes before its first byte is undone.
    options: dict[int, int] = {zstd.DecompressionParameter.window_log_max: _WINDOW_LOG}
    return Decoder(lambda _: zstd.ZstdDecompressor(options=options), zstd.ZstdError, _ZSTD)
