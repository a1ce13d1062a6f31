"""Reads the documents that the editor laid into the seeds folders."""

import os
from collections.abc import Iterator
from pathlib import Path

from newsletter.errors import FetchError
from newsletter.model import Document, SeedFolder

MAX_BYTES = 15_000_000  # as for feeds: no article is longer
SUFFIXES = frozenset({".txt", ".md", ".markdown", ".html", ".htm", ".pdf", ".docx", ".eml"})


class SeedFiles:
    """The files of seed folders, by name; READMEs and hidden files are not seeds."""

    def __init__(self, workspace: Path) -> None:
        self._workspace = workspace

    def read(self, folder: SeedFolder) -> Iterator[tuple[str, Document | FetchError]]:
        """Yield the origin and the content, or why there is none, of each file in *folder*.

        For a folder that is missing or cannot be read, its own path and the reason come instead.
        """
        home = Path(folder.path)
        root = self._workspace / home
        if not root.is_dir():
            missing = FetchError("there is no such folder; make it, or change seeds:")
            yield home.as_posix(), missing
            return
        paths, unread = _files(root)
        for error in unread:
            below = Path(error.filename).relative_to(root)
            yield (home / below).as_posix(), FetchError(f"cannot be read: {error.strerror}")
        for path in paths:
            below = path.relative_to(root)
            if path.stem.upper() == "README" or any(part.startswith(".") for part in below.parts):
                continue
            origin = (home / below).as_posix()
            # A name that is not UTF-8 comes as halves of surrogate pairs, which nothing can write.
            written = origin.encode("utf-8", "replace").decode("utf-8")
            if written == origin:
                yield origin, self._one(path, root, origin)
            else:
                yield written, FetchError("has a name that is not UTF-8; rename it")

    def _one(self, path: Path, root: Path, origin: str) -> Document | FetchError:
        try:
            if not path.resolve().is_relative_to(root.resolve()):
                return FetchError("is a link that leads out of the folder; copy the file instead")
            if not path.is_file():
                return FetchError("is a link that leads to no file; copy the file instead")
            if path.suffix.lower() not in SUFFIXES:
                kinds = ", ".join(sorted(SUFFIXES))
                return FetchError(f"is no kind of document that is read here ({kinds})")
            if path.stat().st_size > MAX_BYTES:
                return FetchError(f"is larger than {MAX_BYTES / 1e6:g} MB")
            content = path.read_bytes()
        except OSError as error:
            return FetchError(f"cannot be read: {error.strerror}")
        except RuntimeError:  # as pathlib tells of links in a circle
            return FetchError("is a link that leads back to itself; copy the file instead")
        return Document(url=origin, content=content)


def _files(root: Path) -> tuple[list[Path], list[OSError]]:
    """Return the files and links below *root* by name, and why a folder could not be read."""
    unread: list[OSError] = []
    found = [
        Path(folder) / name
        for folder, folders, names in os.walk(root, onerror=unread.append)
        for name in folders + names
    ]
    # Links that lead elsewhere are told of; sockets and pipes are not: nobody takes them for seeds.
    return sorted(path for path in found if path.is_symlink() or path.is_file()), unread
