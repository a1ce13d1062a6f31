"""Memory of large documents goes back to the system when they are done with."""

import ctypes
from contextlib import suppress

_M_MMAP_THRESHOLD = -3  # as in glibc's malloc.h
_LARGE = 1 << 20  # bytes


def give_back_large_blocks() -> None:
    """Let blocks of a megabyte and more be mapped each on its own; no effect without glibc.

    glibc does so at first, but takes the largest block that was ever freed for the new threshold
    (mallopt(3)): after one body of 15 MB the others lie in a heap that never shrinks.
    """
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, _LARGE)
