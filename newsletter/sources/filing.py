"""The seeds folders as a place to put documents: nothing there is ever written over."""

import os
import tempfile
from itertools import count
from pathlib import Path

from newsletter.errors import OutputError


def put(workspace: Path, folder: str, name: str, content: bytes) -> str:
    """Write *content* into *folder* under *name*, numbered where that is taken; return its path.

    The folder is made if need be. The path is below *workspace*, with forward slashes.

    Raises:
        OutputError: it cannot be written.
    """
    home = workspace / folder
    try:
        home.mkdir(parents=True, exist_ok=True)
        # Hidden until it is whole: a gather may read the folder meanwhile.
        handle, fresh = tempfile.mkstemp(prefix=".newsletter-", dir=home)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(fresh).chmod(0o644)
            target = _linked(Path(fresh), home, name)
        finally:
            Path(fresh).unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(
            f"{folder}: cannot be written: {error.strerror}; check the folder's rights and the disk"
        ) from error
    return (Path(folder) / target.name).as_posix()


def _linked(fresh: Path, home: Path, name: str) -> Path:
    """Give *fresh* the first name of *name*, *name* numbered 2, 3, … that is free."""
    stem, suffix = Path(name).stem, Path(name).suffix
    for number in count(1):
        target = home / (name if number == 1 else f"{stem}-{number}{suffix}")
        try:
            os.link(fresh, target)
        except FileExistsError:
            continue
        except OSError:  # a disk without hard links
            if target.exists():
                continue
            fresh.replace(target)
        return target
    raise AssertionError  # numbers do not end
