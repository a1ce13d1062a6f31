"""Content codings: undone however the bytes arrive, and never beyond the cap."""

import gzip
import resource
import sys
import zlib
from functools import partial

import brotli
import pytest
from fetching import BODY, get_from
from hypothesis import given
from hypothesis import strategies as st
from servers import answer, says

from newsletter.errors import FetchError
from newsletter.net.decode import PIECE, decoder

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PACK = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": partial(brotli.compress, quality=1),
    "zstd": zstd.compress,
}
SKIPPED = b"\x52\x2a\x4d\x18\x04\x00\x00\x00rain"  # a frame that holds nothing (RFC 8878, 3.1.2)


def bare_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


def zstd_with_window(log: int) -> bytes:
    packer = zstd.ZstdCompressor(options={zstd.CompressionParameter.window_log: log})
    return packer.compress(BODY, mode=packer.FLUSH_BLOCK) + packer.flush()


def undone(coding: str, packed: bytes, step: int) -> bytes:
    undo = decoder(coding)
    if undo is None:
        return packed
    pieces = [
        piece
        for start in range(0, len(packed), step)
        for piece in undo.pieces(packed[start : start + step])
    ]
    undo.finish()
    return b"".join(pieces)


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(BODY)),
        ("x-gzip", gzip.compress(BODY)),
        ("GZIP", gzip.compress(BODY[:50]) + gzip.compress(BODY[50:])),
        ("gzip", gzip.compress(BODY) + b"trailing"),
        ("deflate", zlib.compress(BODY)),
        ("deflate", bare_deflate(BODY)),
        ("br", brotli.compress(BODY)),
        ("zstd", zstd.compress(BODY)),
        ("zstd", zstd.compress(BODY[:50]) + SKIPPED + zstd.compress(BODY[50:])),
        ("zstd", zstd.compress(BODY) + b"trailing"),
        ("zstd", zstd_with_window(23)),
        ("identity", BODY),
        ("identity, gzip", gzip.compress(BODY)),
    ],
    ids=[
        "gzip", "x-gzip", "members", "trailing bytes", "zlib", "bare deflate", "brotli", "zstd",
        "frames", "bytes after a frame", "8 MB window", "identity", "identity and gzip",
    ],
)  # fmt: skip
@pytest.mark.parametrize("step", [1, 7, 100_000], ids=["bytewise", "in sevens", "at once"])
def test_content_codings_are_undone_however_the_bytes_arrive(coding: str, packed: bytes, step: int):
    assert undone(coding, packed, step) == BODY


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(BODY)),
        ("deflate", zlib.compress(BODY)),
        ("br", brotli.compress(BODY)),
        ("zstd", zstd.compress(BODY)),
    ],
    ids=["gzip", "deflate", "br", "zstd"],
)
def test_an_answer_in_any_coding_that_was_asked_for_is_undone(coding: str, packed: bytes):
    assert get_from(says(answer(packed, headers=f"Content-Encoding: {coding}"))).content == BODY


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
@pytest.mark.parametrize("kept", [1, 3, 40])
def test_half_a_body_is_told_from_a_whole_one(coding: str, kept: int):
    packed = PACK[coding](BODY)

    with pytest.raises(FetchError, match="broke off"):
        undone(coding, packed[:kept], 100)


@pytest.mark.parametrize(
    ("coding", "packed", "reason"),
    [
        ("gzip", BODY, "is damaged"),
        ("br", BODY, "is damaged"),
        ("zstd", BODY, "is damaged"),
        ("zstd", zstd_with_window(27), "is damaged"),
        ("gzip", gzip.compress(b"") * 20_000, "cut into too many pieces"),
        ("compress", BODY, "is sent as 'compress', though only gzip, deflate, br, zstd"),
        ("gzip, br", BODY, r"compressed more than once \(gzip, br\)"),
    ],
    ids=["not gzip", "not brotli", "not zstd", "128 MB window", "members", "unknown", "stacked"],
)
def test_what_cannot_be_undone_is_told(coding: str, packed: bytes, reason: str):
    with pytest.raises(FetchError, match=reason):
        undone(coding, packed, 65_536)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_a_bomb_stops_at_the_cap(coding: str):
    bomb = PACK[coding](bytes(100_000_000))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    with pytest.raises(FetchError, match=r"larger than 2 MB.*raise fetch\.max_bytes"):
        get_from(says(answer(bomb, headers=f"Content-Encoding: {coding}")), max_bytes=2_000_000)

    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000  # kilobytes


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_a_body_comes_in_pieces_so_that_others_get_their_turn(coding: str):
    packed = PACK[coding](bytes(5_000_000))
    undo = decoder(coding)
    assert undo is not None

    sizes = [len(piece) for piece in undo.pieces(packed)]

    assert sum(sizes) == 5_000_000
    assert max(sizes) <= 2 * PIECE


@given(st.sampled_from(["gzip", "deflate", "br", "zstd"]), st.binary(max_size=200))
def test_no_bytes_bring_anything_but_a_body_or_a_fetch_error(coding: str, packed: bytes):
    try:
        undone(coding, packed, 50)
    except FetchError as error:
        assert str(error)  # noqa: PT017 - either outcome will do
