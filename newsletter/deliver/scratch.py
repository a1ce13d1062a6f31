"""What is still being written: hidden beside the issues, and gone when its writer is."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PREFIX = ".newsletter-"
_HELD = f"{_PREFIX}held-"  # its writer holds a lock on it for as long as it lives
_ASIDE = f"{_PREFIX}aside-"  # of what was there before, for the moment between two moves
_LEFT_OVER_S = 86_400  # no run takes a day: what is older was left behind by one that was killed


class Scratch:
    """The files and folders below *root* that are still being written.

    Each is locked by whoever writes it (flock(2)); the system lets go of a lock when its process
    ends, however it ends. So what is not locked was left behind, on whichever machine and in
    whichever container its writer ran. A lock on *root* itself keeps anybody from looking for such
    while one is made and not yet locked.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    @contextmanager
    def folder(self) -> Iterator[Path]:
        """Yield a new folder of the owner's alone, gone afterwards if it was not moved."""
        with self._made(_HELD, is_folder=True) as path:
            try:
                yield path
            finally:
                _remove(path)

    @contextmanager
    def aside(self) -> Iterator[Path]:
        """Yield a new folder for what steps aside, gone afterwards with what is in it."""
        with self._made(_ASIDE, is_folder=True) as path:
            try:
                yield path
            finally:
                _remove(path)

    @contextmanager
    def file(self) -> Iterator[Path]:
        """Yield a new empty file of the owner's alone, gone afterwards if it was not moved."""
        with self._made(_HELD, is_folder=False) as path:
            try:
                yield path
            finally:
                _remove(path)

    def clear(self, now: float, issues: str) -> None:
        """Remove what killed runs left behind, but put back an issue that they had moved aside.

        *issues* is the pattern of their folders' names. What no lock tells of, such as what an
        older version left, is removed a day after it was made; *now* is the time of the disk.
        """
        with self._locked_root(shared=False):
            for left in sorted(self._root.glob(f"{_PREFIX}*")):
                with suppress(FileNotFoundError):  # its writer has just removed it
                    is_old = now - left.lstat().st_mtime > _LEFT_OVER_S
                    if is_old or (left.name.startswith((_HELD, _ASIDE)) and _is_free(left)):
                        _clear(left, issues)

    @contextmanager
    def _made(self, prefix: str, *, is_folder: bool) -> Iterator[Path]:
        with self._locked_root(shared=True):
            if is_folder:
                path = Path(tempfile.mkdtemp(prefix=prefix, dir=self._root))
            else:
                handle, name = tempfile.mkstemp(prefix=prefix, dir=self._root)
                os.close(handle)
                path = Path(name)
            lock = os.open(path, os.O_RDONLY)
            _lock(lock, shared=False)
        try:
            yield path
        finally:
            os.close(lock)

    @contextmanager
    def _locked_root(self, *, shared: bool) -> Iterator[None]:
        lock = os.open(self._root, os.O_RDONLY)
        try:
            _lock(lock, shared=shared)
            yield
        finally:
            os.close(lock)


def _lock(handle: int, *, shared: bool) -> None:
    with suppress(OSError):  # a disk over the network that knows no locks: a day will tell
        fcntl.flock(handle, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)


def _is_free(path: Path) -> bool:
    """Return whether nobody holds a lock on *path*, False where that cannot be known."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(handle)
    return True


def _clear(left: Path, issues: str) -> None:
    if left.name.startswith(_ASIDE) and not left.is_symlink():
        for issue in left.glob(issues):
            if not (left.parent / issue.name).exists():
                issue.rename(left.parent / issue.name)
    _remove(left)


def _remove(path: Path) -> None:
    if path.is_symlink() or not path.is_dir():
        path.unlink(missing_ok=True)
    else:
        shutil.rmtree(path, ignore_errors=True)
