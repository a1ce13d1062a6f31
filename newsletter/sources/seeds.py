"""Reads the documents that the editor laid into the seeds folders."""

from collections.abc import Iterator
from pathlib import Path

from newsletter.errors import FetchError
from newsletter.model import Document, SeedFolder

MAX_BYTES = 15_000_000  # as for feeds: no article is longer
SUFFIXES = frozenset({".txt", ".md", ".markdown"})


class SeedFiles:
    """The files of seed folders, by name; READMEs and hidden files are not seeds."""

    def __init__(self, workspace: Path) -> None:
        self._workspace = workspace

    def read(self, folder: SeedFolder) -> Iterator[tuple[str, Document | FetchError]]:
        """Yield the origin and the content, or why there is none, of each file in *folder*."""
        root = self._workspace / folder.path
        if not root.is_dir():
            yield folder.path, FetchError("there is no such folder; make it, or change seeds:")
            return
        try:
            paths = sorted(path for path in root.rglob("*") if path.is_file())
        except OSError as error:
            yield folder.path, FetchError(f"cannot be read: {error.strerror}")
            return
        for path in paths:
            below = path.relative_to(root)
            if path.stem.upper() == "README" or any(part.startswith(".") for part in below.parts):
                continue
            yield (Path(folder.path) / below).as_posix(), self._one(path, root)

    def _one(self, path: Path, root: Path) -> Document | FetchError:
        if path.suffix.lower() not in SUFFIXES:
            kinds = ", ".join(sorted(SUFFIXES))
            return FetchError(f"is no kind of document that is read here ({kinds})")
        if not path.resolve().is_relative_to(root.resolve()):
            return FetchError("is a link that leads out of the folder; copy the file instead")
        try:
            if path.stat().st_size > MAX_BYTES:
                return FetchError(f"is larger than {MAX_BYTES / 1e6:g} MB")
            content = path.read_bytes()
        except OSError as error:
            return FetchError(f"cannot be read: {error.strerror}")
        return Document(url=path.name, content=content)
