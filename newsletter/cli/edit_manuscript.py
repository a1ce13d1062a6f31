"""The manuscript on disk: given to an editor, kept until what she wrote is in the issue."""

import os
import shlex
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsletter.errors import ClashError, NewsletterError, OutputError, WishError

if TYPE_CHECKING:
    from newsletter.issue.manuscript import Stamp
    from newsletter.model import Opened
    from newsletter.pipeline.editing import Changed, EditingDesk

_MOST_FILES = 99  # manuscripts of one week that nobody went on with
_MOST_BYTES = 8_000_000
_ORIGINAL = ".orig"
_WAIT = 'an editor with a window of its own must be told to wait, as EDITOR="code --wait"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """A manuscript that lies in a file; `original` is what it was when it was written, if known."""

    path: Path
    text: str
    original: str | None

    @property
    def stamp(self) -> "Stamp | None":
        """Return the stamp with which it was written, None if that is not known.

        She may have taken hers out; that of the original counts, too, whichever is the later.
        """
        from newsletter.issue.manuscript import stamp

        stamps = (stamp(self.text), stamp(self.original or ""))
        known = (one for one in stamps if one is not None)
        return max(known, key=lambda one: one.version, default=None)

    def restamp(self, version: int) -> None:
        """Note that its author has heard of what led to that *version*."""
        from newsletter.issue.manuscript import restamped

        if self.original is None:
            _write(self.path, restamped(self.text, version))
        else:  # she may have the other file open still
            _write(_beside(self.path), restamped(self.original, version))

    def remove(self) -> None:
        """Take both files away, if both are ours: what they hold is in the issue."""
        if self.original is not None:
            self.path.unlink(missing_ok=True)
            _beside(self.path).unlink(missing_ok=True)


def see_that_somebody_can_edit() -> None:
    """See that there is an editor to open.

    Raises:
        UsageError: nobody sits at a terminal, and no editor is named.
    """
    if not (os.environ.get("VISUAL") or os.environ.get("EDITOR") or sys.stdin.isatty()):
        raise click.UsageError(
            "there is no terminal to edit on; say what to change by options (--help), set EDITOR,"
            " or take a file in: --file, --import"
        )


def edited_by_hand(folder: Path, week: str, text: str) -> Saved:
    """Open the editor on the manuscript *text* in a file of *folder*; return what she saved.

    Raises:
        OutputError: the file cannot be written.
        WishError: the editor failed, or what was saved cannot be read; the file is kept, unless
            nobody changed it.
    """
    path = _fresh(folder, week)
    _write(_beside(path), text)
    _write(path, text)
    try:
        with _interrupts_left_to_the_editor():
            click.edit(filename=str(path))
    except (click.ClickException, ValueError) as error:
        saved = Saved(path=path, text=text, original=text)
        if not path.exists() or path.read_bytes() == _encoded(text):
            saved.remove()
            raise WishError(f"{_failed()}; nothing was changed; {_another(week)}") from error
        raise WishError(f"{_failed()}; nothing was changed; {_kept(path, week)}") from error
    if not path.exists():
        _beside(path).unlink(missing_ok=True)
        return Saved(path=path, text="", original=text)
    return Saved(path=path, text=_read(path), original=text)


def _failed() -> str:
    """Return what became of the editor, in plain words."""
    variable = _named_by()
    command = os.environ.get(variable, "")
    if not command:
        return f"no editor could be opened, and {variable} names none"
    try:
        program = shlex.split(command)[0]
    except (ValueError, IndexError):
        return f"{variable} is no command: {command!r}"
    if shutil.which(program) is None:
        return f"there is no program {program!r}, which {variable} names as your editor"
    return f"your editor {command!r} (of {variable}) ended with an error"


def _named_by() -> str:
    return "VISUAL" if os.environ.get("VISUAL") else "EDITOR"


def _another(week: str) -> str:
    return f"try another: {_named_by()}=nano newsletter edit {week}"


@contextmanager
def _interrupts_left_to_the_editor() -> Iterator[None]:
    """Let Ctrl-C reach the editor alone: it goes on, and so must who waits for it."""
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def saved_in(path: Path) -> Saved:
    """Return the manuscript that was kept in the file at *path*.

    Raises:
        WishError: it cannot be read.
    """
    beside = _beside(path)
    original = _read(beside) if beside.exists() else None
    return Saved(path=path, text=_read(path), original=original)


def taken_in(saved: Saved, week: str, desk: "EditingDesk", *, cause: str) -> "Changed":
    """Change the issue of *week* into what was saved; the file goes once that is kept.

    What others changed since the manuscript was written stays as they have it, unless she changed
    the same.

    Raises:
        ClashError: somebody changed the same since; with the next try, hers holds.
        WishError: it has faults, each with its line, or could not be done; the file is kept, and
            named.
    """
    from newsletter.issue.manuscript import read
    from newsletter.pipeline.editing import change, opened

    found = saved.stamp
    try:
        now = opened(week, desk)
        _see_that_it_is_known(saved, now)
        wishes = read(saved.text, now, name=_shown(saved.path), written=saved.original)
        seen = found.version if found else now.version
        changed = change(week, wishes, desk, seen=seen, cause=cause)
    except ClashError as error:
        saved.restamp(error.version)
        raise ClashError(
            f"{error}\nnothing was changed; {_kept(saved.path, week)} (where you changed the same,"
            " yours then holds)",
            clashes=error.clashes,
            version=error.version,
        ) from error
    except NewsletterError as error:
        raise WishError(f"{error}\nnothing was changed; {_kept(saved.path, week)}") from error
    saved.remove()
    return changed


def hint(saved: Saved) -> str:
    """Return what is to be said where the editor came back with nothing, "" if she did not."""
    return _WAIT if saved.text == saved.original else ""


def _see_that_it_is_known(saved: Saved, now: "Opened") -> None:
    """See that it can be told what she changed: against the manuscript that she was given.

    Raises:
        WishError: that is not there any more, and would not be the same now.
    """
    from newsletter.issue.manuscript import stamp, write

    if saved.original is not None:
        return
    found, fresh = stamp(saved.text), stamp(write(now))
    if found is None or fresh is None or found.digest != fresh.digest:
        raise WishError(
            f"{saved.path}: the issue has changed since this was written, and what it was then is"
            f" gone ({_beside(saved.path).name}): open it anew and copy what you wrote over"
        )


def _kept(path: Path, week: str) -> str:
    file = shlex.quote(_shown(path))
    return f"your text is kept in {file}; go on with: newsletter edit {week} --file {file}"


def _shown(path: Path) -> str:
    """Return *path* as short as it can be said here."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def _fresh(folder: Path, week: str) -> Path:
    for number in range(1, _MOST_FILES + 1):
        path = folder / f"{week}.edit{f'-{number}' if number > 1 else ''}.md"
        if not path.exists() and not _beside(path).exists():
            return path
    raise OutputError(
        f"{folder} holds {_MOST_FILES} manuscripts of {week} that nobody took in; go on with one"
        f" (newsletter edit {week} --file FILE), or delete them: {week}.edit*"
    )


def _beside(path: Path) -> Path:
    return path.with_name(path.name + _ORIGINAL)


def _write(path: Path, text: str) -> None:
    try:
        path.write_bytes(_encoded(text))
    except OSError as error:
        raise OutputError(
            f"{path}: cannot be written: {error.strerror}; check the rights of its folder"
        ) from error


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _read(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise WishError(f"{path}: cannot be read: {error.strerror}") from error
    if len(content) > _MOST_BYTES:
        raise WishError(f"{path}: is larger than any issue ({len(content):,} bytes)")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise WishError(f"{path}:{line}: is not UTF-8 text; save it as UTF-8") from error
