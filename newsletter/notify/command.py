"""A note given to a program on its standard input."""

import json
import os
import signal
import subprocess
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from newsletter.errors import NotifyError
from newsletter.notify.details import cut
from newsletter.notify.forms import generic
from newsletter.notify.note import Note

_TAIL = 4_000  # bytes of its last words that are kept
_PATIENCE_S = 0.5  # for its last words, once it has ended: a child of it may keep the pipe open


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Runs *words*, a program and its arguments, in *folder* with *environment*; no shell.

    *timeout_s* is the longest that it may take; then it is killed, with all that it has started
    and that stayed in its process group.
    """

    words: tuple[str, ...]
    folder: Path
    environment: Mapping[str, str] = field(repr=False)
    timeout_s: float = 10.0

    def deliver(self, note: Note) -> None:
        """Run it with *note* as JSON on its standard input; exit 0 means that it has arrived.

        NEWSLETTER_EVENT and NEWSLETTER_WEEK name event and week to it. Nothing that a feed says
        is ever among its arguments.

        Raises:
            NotifyError: it failed, with the last line that it said on stderr; or had to be killed,
                and nobody knows how far it had come.
        """
        named = {"NEWSLETTER_EVENT": note.kind, "NEWSLETTER_WEEK": note.week or ""}
        try:
            process = subprocess.Popen(  # noqa: S603 - the editor's own words, and no shell
                self.words,
                cwd=self.folder,
                env={**self.environment, **named},
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            why = error.strerror if isinstance(error, OSError) else "a word of it holds a zero byte"
            raise NotifyError(
                f"{self.words[0]} cannot be started: {why}; check the command in feeds.yaml",
                is_final=True,
            ) from error
        content = json.dumps(generic(note)).encode("ascii")
        words = self._run(process, content)
        if process.returncode != 0:
            raise NotifyError(self._fault(process.returncode, words))

    def _run(self, process: "subprocess.Popen[bytes]", content: bytes) -> str:
        """Return the last line that it said, once it has ended."""
        tail = bytearray()
        # Beside each other: a program may speak before it has read all, or never read.
        threads = [
            threading.Thread(target=_feed, args=(process.stdin, content), daemon=True),
            threading.Thread(target=_listen, args=(process.stderr, tail), daemon=True),
        ]
        for thread in threads:
            thread.start()
        try:
            process.wait(self.timeout_s)
        except subprocess.TimeoutExpired as error:
            raise NotifyError(
                f"{self.words[0]} did not end within {self.timeout_s:g} s and was killed; it may"
                " have told it all the same",
                is_sure=False,
            ) from error
        finally:
            if process.poll() is None:
                # Not reaped yet, so that its number is nobody else's.
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()
            for thread in threads:
                thread.join(_PATIENCE_S)
        lines = bytes(tail).decode("utf-8", "replace").strip().splitlines()
        return cut(lines[-1], 300) if lines else ""

    def _fault(self, code: int, words: str) -> str:
        how = f"ended with exit code {code}" if code > 0 else f"was ended by signal {-code}"
        return f"{self.words[0]} {how}{f': {words}' if words else ''}"


def _feed(pipe: IO[bytes] | None, content: bytes) -> None:
    if pipe is None:
        return
    with suppress(OSError, ValueError), pipe:
        pipe.write(content)


def _listen(pipe: IO[bytes] | None, tail: bytearray) -> None:
    if pipe is None:
        return
    with suppress(OSError, ValueError), pipe:
        while said := os.read(pipe.fileno(), 65_536):
            tail += said
            del tail[:-_TAIL]
