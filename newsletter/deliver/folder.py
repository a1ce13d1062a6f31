"""Writes editions below one folder, each complete or absent at every instant."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from fnmatch import fnmatchcase
from pathlib import Path

from newsletter.errors import OutputError

_PREFIX = ".newsletter-"  # of what is still being written; hidden, and gone after the run
_ASIDE = f"{_PREFIX}aside-"  # of what was there before, for the moment between two moves
_WEEK = "????-W??"  # names of issues' folders
_LEFT_OVER_S = 86_400  # no run takes a day: what is older was left behind by one that was killed


class OutputFolder:
    """A folder with one folder an issue and a few pages beside them."""

    def __init__(self, root: Path) -> None:
        self._root = root

    @property
    def root(self) -> Path:
        """Return where it lies."""
        return self._root

    def check(self) -> None:
        """Make the folder if need be and see that it can be written; clear up after killed runs.

        Raises:
            OutputError: it cannot.
        """
        with self._telling():
            self._root.mkdir(parents=True, exist_ok=True)
            probe = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=self._root))
            now = probe.stat().st_mtime  # by the clock of the disk, which may be another machine's
            probe.rmdir()
            for left in sorted(self._root.glob(f"{_PREFIX}*")):
                if now - left.lstat().st_mtime > _LEFT_OVER_S:
                    _clear(left)

    def write_issue(self, issue_id: str, files: Mapping[str, bytes]) -> Path:
        """Put *files* in place as the folder of *issue_id*, in one move, and return the folder.

        Files of others that lie in the folder are carried over.

        Raises:
            OutputError: it cannot be written; what was there before is untouched.
        """
        target = self._root / issue_id
        with self._fresh(files) as fresh:
            _carry_over(target, fresh)
            _swap(fresh, target, self._root)
        return target

    def write_shots(self, issue_id: str, files: Mapping[str, bytes]) -> Path:
        """Put *files* in place as all that is in `shots/` of an issue's folder; return that.

        Raises:
            OutputError: it cannot be written; what was there before is untouched.
        """
        target = self._root / issue_id / "shots"
        with self._fresh(files) as fresh:
            target.parent.mkdir(exist_ok=True)
            _swap(fresh, target, self._root)
        return target

    @contextmanager
    def _fresh(self, files: Mapping[str, bytes]) -> Iterator[Path]:
        """Yield a folder beside the issues that holds *files*, gone afterwards if not moved."""
        with self._telling():
            self._root.mkdir(parents=True, exist_ok=True)
            fresh = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=self._root))
            try:
                # mkdtemp makes it for its owner alone; a site is for everybody the umask lets in.
                fresh.chmod(0o777 & ~_umask())
                for name, content in sorted(files.items()):
                    _write(fresh / name, content)
                yield fresh
            finally:
                shutil.rmtree(fresh, ignore_errors=True)

    def read_issue(self, issue_id: str) -> Mapping[str, bytes]:
        """Return the files that lie in the folder of *issue_id* by name, none if there is none.

        Raises:
            OutputError: one cannot be read.
        """
        with self._telling("read"):
            folder = self._root / issue_id
            # What is asked for may come from a browser: never the folder itself, nor one above.
            if not fnmatchcase(issue_id, _WEEK) or "/" in issue_id or not folder.is_dir():
                return {}
            return {
                path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()
            }

    def write_pages(self, files: Mapping[str, bytes]) -> None:
        """Put *files* beside the issues, each in one move.

        Raises:
            OutputError: one cannot be written; it is then as it was before.
        """
        with self._telling():
            self._root.mkdir(parents=True, exist_ok=True)
            for name, content in sorted(files.items()):
                handle, fresh = tempfile.mkstemp(prefix=_PREFIX, dir=self._root)
                os.close(handle)
                try:
                    _write(Path(fresh), content)
                    Path(fresh).chmod(0o666 & ~_umask())
                    Path(fresh).replace(self._root / name)
                finally:
                    Path(fresh).unlink(missing_ok=True)

    def issues(self) -> Iterator[tuple[str, str]]:
        """Yield name and text of each issue.json below the folder, newest week first."""
        if not self._root.is_dir():
            return
        for path in sorted(self._root.glob(f"{_WEEK}/issue.json"), reverse=True):
            with self._telling("read"):
                # Damage is for those who understand the text to tell.
                text = path.read_bytes().decode("utf-8", "replace")
            yield str(path), text

    @contextmanager
    def _telling(self, what: str = "written") -> Iterator[None]:
        try:
            yield
        except (OSError, ValueError) as error:  # ValueError: a name that no file can have
            place = getattr(error, "filename", None) or self._root
            reason = getattr(error, "strerror", None) or error
            raise OutputError(
                f"{place}: cannot be {what}: {reason};"
                " check its rights and the disk, or choose another folder with --output"
            ) from error


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _carry_over(old: Path, fresh: Path) -> None:
    if not old.is_dir():
        return
    for path in old.iterdir():
        if not (fresh / path.name).exists():
            if path.is_dir():
                shutil.copytree(path, fresh / path.name, symlinks=True)
            else:
                shutil.copy2(path, fresh / path.name, follow_symlinks=False)


def _swap(fresh: Path, target: Path, room: Path) -> None:
    """Move *fresh* to *target*; a folder cannot be renamed over a full one, so it steps aside.

    It does so in *room*, where what a killed run leaves behind is looked for.
    """
    if not target.exists():
        fresh.rename(target)
        return
    aside = Path(tempfile.mkdtemp(prefix=_ASIDE, dir=room))
    try:
        target.rename(aside / target.name)
        try:
            fresh.rename(target)
        except BaseException:
            (aside / target.name).rename(target)
            raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _clear(left: Path) -> None:
    """Remove what a killed run left behind, but put back an issue that it had moved aside."""
    if left.is_symlink() or not left.is_dir():
        left.unlink(missing_ok=True)
        return
    if left.name.startswith(_ASIDE):
        for issue in left.glob(_WEEK):
            if not (left.parent / issue.name).exists():
                issue.rename(left.parent / issue.name)
    shutil.rmtree(left, ignore_errors=True)


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
