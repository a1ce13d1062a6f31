"""Who works: a name for this process, and whether the process of such a name is gone for sure."""

import os
import platform
import time
from contextlib import suppress
from pathlib import Path

_PROC = Path("/proc")


def owner() -> str:
    """Return a name for this process: host, machine start, process namespace, number and start.

    Two processes never have the same, be they in two containers or one after the other.
    """
    number = os.getpid()
    return "/".join((*_where(), str(number), _started(number) or str(time.time_ns())))


def is_gone(name: str) -> bool:
    """Tell whether the process of that name has ended for sure: it ran here, and is not there.

    Of one on another machine, in another container or before a restart of this machine we cannot
    know: False.
    """
    parts = name.split("/")
    number, started = parts[-2:] if len(parts) > 1 else ("", "")
    if tuple(parts[:-2]) != _where() or not number.isdecimal() or not _PROC.is_dir():
        return False
    return _started(int(number)) != started


def _where() -> tuple[str, str, str]:
    boot = space = ""
    with suppress(OSError):
        boot = (_PROC / "sys/kernel/random/boot_id").read_text().strip()
    with suppress(OSError):
        space = str((_PROC / "self/ns/pid").stat().st_ino)
    return platform.node().replace("/", "-"), boot, space


def _started(number: int) -> str | None:
    """Return when that process was started, in ticks since the machine's start; None if gone."""
    try:
        # The name in brackets may hold spaces and brackets itself; the 22nd field is the start.
        fields = (_PROC / str(number) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    state, start = fields[0], fields[19]
    return None if state in {"Z", "X"} else start
