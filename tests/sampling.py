"""Watches what a tree of processes costs: memory and CPU of all its members, as Linux tells."""

import os
import threading
from pathlib import Path
from typing import Self

_SAMPLED_EVERY_S = 0.2  # more often would take the CPU from what is watched


class Sampler:
    """Watches a tree of processes: its peak memory and the CPU time of all that were in it."""

    def __init__(self, root: int) -> None:
        self._peak_kb = 0
        self._root = root
        self._ticks: dict[int, int] = {}
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    @property
    def peak_mb(self) -> float:
        """Return the most memory that was used at once, in millions of bytes."""
        return self._peak_kb * 1024 / 1e6

    @property
    def cpu_s(self) -> float:
        """Return the CPU seconds of all processes, each as it was last seen."""
        return sum(self._ticks.values()) / os.sysconf("SC_CLK_TCK")

    def _watch(self) -> None:
        while not self._ended.wait(_SAMPLED_EVERY_S):
            alive = self._tree()
            # A page that processes share is counted once over all of them (PSS).
            self._peak_kb = max(self._peak_kb, sum(map(_pss_kb, alive)))

    def _tree(self) -> list[int]:
        parents: dict[int, int] = {}
        ticks: dict[int, int] = {}
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = path.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            pid = int(path.parent.name)
            parents[pid], ticks[pid] = int(fields[1]), int(fields[11]) + int(fields[12])
        found = [self._root]
        for pid in found:
            found += [child for child, parent in parents.items() if parent == pid]
        self._ticks.update({pid: ticks[pid] for pid in found if pid in ticks})
        return found


def _pss_kb(pid: int) -> int:
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    except OSError:
        pass
    return 0
