"""Bytes that libraries read as a file: the wing that thinks opens none."""


class Stream:
    """Bytes behind the methods of a file that is open for reading."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._at = 0

    def read(self, size: int | None = -1) -> bytes:
        """Return the next *size* bytes, all that are left without one."""
        end = len(self._content) if size is None or size < 0 else self._at + size
        found = self._content[self._at : end]
        self._at += len(found)
        return found

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to *offset* from the start (0), from here (1) or from the end (2)."""
        start = (0, self._at, len(self._content))[whence]
        if start + offset < 0:
            raise ValueError("before the first byte")
        self._at = start + offset
        return self._at

    def tell(self) -> int:
        """Return the place of the next byte."""
        return self._at

    def seekable(self) -> bool:
        """Return True: any byte can be gone to."""
        return True

    def readable(self) -> bool:
        """Return True: it is open for reading."""
        return True

    def close(self) -> None:
        """Do nothing: there is nothing to let go of."""
