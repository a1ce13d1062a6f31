"""Writes editions below one folder, each complete or absent at every instant."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from fnmatch import fnmatchcase
from itertools import count
from pathlib import Path

from newsletter.deliver.moving import carry_over, fsync, swap, umask, write
from newsletter.deliver.scratch import Scratch
from newsletter.errors import OutputError

_WEEK = "????-W??"  # names of issues' folders


class OutputFolder:
    """A folder with one folder an issue and a few pages beside them."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._scratch = Scratch(root)

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
            with self._scratch.folder() as probe:
                now = probe.stat().st_mtime  # by the clock of the disk, perhaps another machine's
            self._scratch.clear(now, _WEEK)

    def write_issue(
        self,
        issue_id: str,
        files: Mapping[str, bytes],
        *,
        before_moving: Callable[[], None] = lambda: None,
    ) -> Path:
        """Put *files* in place as the folder of *issue_id*, in one move, and return the folder.

        Files of others that lie in the folder are carried over. *before_moving* is called when all
        is written.

        Raises:
            OutputError: it cannot be written; what was there before is untouched, as it is where
                *before_moving* raises.
        """
        target = self._root / issue_id
        with self._fresh(files) as fresh:
            carry_over(target, fresh)
            before_moving()
            swap(fresh, target, self._scratch)
        return target

    def write_shots(self, issue_id: str, files: Mapping[str, bytes]) -> Path:
        """Put *files* in place as all that is in `shots/` of an issue's folder; return that.

        Raises:
            OutputError: it cannot be written; what was there before is untouched.
        """
        target = self._root / issue_id / "shots"
        with self._fresh(files) as fresh:
            target.parent.mkdir(exist_ok=True)
            swap(fresh, target, self._scratch)
        return target

    def keep_found(self, issue_id: str, content: bytes) -> Path:
        """Keep a copy of an issue.json beside the folder, which may be public; return its path.

        It is `WEEK.found.json`, `WEEK.found-2.json` … where that is taken. The same content is not
        kept twice.

        Raises:
            OutputError: it cannot be written.
        """
        with self._telling():
            for number in count(1):
                again = f"-{number}" if number > 1 else ""
                path = self._root.parent / f"{issue_id}.found{again}.json"
                if _kept(path, content):
                    break
        return path

    @contextmanager
    def _fresh(self, files: Mapping[str, bytes]) -> Iterator[Path]:
        """Yield a folder beside the issues that holds *files*, gone afterwards if not moved."""
        with self._telling():
            self._root.mkdir(parents=True, exist_ok=True)
            with self._scratch.folder() as fresh:
                # It is made for its owner alone; a site is for everybody the umask lets in.
                fresh.chmod(0o777 & ~umask())
                for name, content in sorted(files.items()):
                    write(fresh / name, content)
                yield fresh

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

    def write_pages(
        self, files: Mapping[str, bytes], *, before_moving: Callable[[], None] = lambda: None
    ) -> None:
        """Put *files* beside the issues, each in one move, and none before all are written.

        *before_moving* is called in between.

        Raises:
            OutputError: one cannot be written; it is then as it was before, as all are where
                *before_moving* raises.
        """
        with self._telling(), ExitStack() as stack:
            self._root.mkdir(parents=True, exist_ok=True)
            fresh = {name: stack.enter_context(self._scratch.file()) for name in sorted(files)}
            for name, path in fresh.items():
                write(path, files[name])
                path.chmod(0o666 & ~umask())
            before_moving()
            for name, path in fresh.items():
                path.replace(self._root / name)
            fsync(self._root)

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
        except (OSError, ValueError, shutil.Error) as error:  # ValueError: a bad name
            place = getattr(error, "filename", None) or self._root
            reason = getattr(error, "strerror", None) or error
            raise OutputError(
                f"{place}: cannot be {what}: {reason};"
                " check its rights and the disk, or choose another folder with --output"
            ) from error


def _kept(path: Path, content: bytes) -> bool:
    """Return whether *path* holds *content*, written there if nothing was."""
    try:
        with path.open("xb"):
            pass  # the name is ours: nobody else's copy is written over
    except FileExistsError:
        return path.is_file() and path.read_bytes() == content
    try:
        write(path, content)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    fsync(path.parent)
    return True
