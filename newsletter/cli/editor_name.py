"""Who edits: the name that stands at each change."""

import getpass
import os
import shutil
import subprocess
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsletter.config import Configuration

_LONGEST = 60  # characters
_PATIENCE_S = 2.0  # for git: a home on a network may be slow, and the name is a courtesy
_NOBODY = "editor"


def editor_name(configuration: "Configuration") -> str:
    """Return the name of who edits on this machine: one line of 1 to 60 characters.

    It is `editor` of feeds.yaml, else git's `user.name` as git sees it in the workspace, else the
    name of the system's user.
    """
    return (
        _line(configuration.settings.editor or "")
        or _line(_git_name(configuration.workspace))
        or _line(_user_name())
        or _NOBODY
    )


def _git_name(workspace: Path) -> str:
    git = shutil.which("git")
    if git is None:
        return ""
    # Reading its configuration is all that git does here: it asks nobody, and runs nothing else.
    quiet = {**os.environ, "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}
    try:
        told = subprocess.run(  # noqa: S603  (the words are ours)
            [git, "config", "--get", "user.name"],
            cwd=workspace,
            env=quiet,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE_S,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return told.stdout.decode("utf-8", "replace") if told.returncode == 0 else ""


def _user_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a user without a name, as containers have
        return ""


def _line(text: str) -> str:
    """Return *text* as one line that shows: no controls, no marks that turn its direction."""
    shown = "".join(
        " " if one.isspace() else one
        for one in text
        if one.isspace() or not unicodedata.category(one).startswith("C")
    )
    return " ".join(unicodedata.normalize("NFC", shown).split())[:_LONGEST].rstrip()
