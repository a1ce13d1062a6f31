"""Writes files and folders so that they are on the disk, and moves them into place at once."""

import ctypes
import os
import shutil
from pathlib import Path

from newsletter.deliver.scratch import Scratch

_AT_FDCWD = -100  # of Linux: paths are relative to the working directory
_EXCHANGE = 2  # RENAME_EXCHANGE of renameat2(2)


def write(path: Path, content: bytes) -> None:
    """Write a file and wait until it is on the disk."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def fsync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk: the one without the other."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def carry_over(old: Path, fresh: Path) -> None:
    """Copy into *fresh* what lies in *old*, if that is there, and has no namesake in it."""
    if not old.is_dir():
        return
    for path in old.iterdir():
        if not (fresh / path.name).exists():
            if path.is_dir():
                shutil.copytree(path, fresh / path.name, symlinks=True, copy_function=_copy)
            else:
                _copy(str(path), str(fresh / path.name))


def swap(fresh: Path, target: Path, scratch: Scratch) -> None:
    """Move the folder *fresh* to *target*, in place of what is there, as far as possible at once.

    Where the system cannot exchange two folders, the old one steps aside for the moment between two
    moves; *scratch* finds it there if that moment is the last.
    """
    fsync(fresh)
    if not target.exists():
        fresh.rename(target)
    elif not _exchanged(fresh, target):
        with scratch.aside() as aside:
            target.rename(aside / target.name)
            try:
                fresh.rename(target)
            except BaseException:
                (aside / target.name).rename(target)
                raise
    fsync(target.parent)


def umask() -> int:
    """Return the rights that files of this process are not to have."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _copy(source: str, copy: str) -> str:
    shutil.copy2(source, copy, follow_symlinks=False)
    if not Path(copy).is_symlink():
        fsync(Path(copy))
    return copy


def _exchanged(one: Path, other: Path) -> bool:
    """Let two folders change places in one step, and return whether the system could."""
    try:
        exchange = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):  # not Linux, or a C library without it
        return False
    names = os.fsencode(one), os.fsencode(other)
    return bool(exchange(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _EXCHANGE) == 0)
