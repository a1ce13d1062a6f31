"""Measures gathering: FOLDER of feeds [--feeds N] [--reader PYTHON] [--json], from the root.

Feeds made from those in FOLDER are served over loopback with a latency and gathered three times:
cold, warm (nothing has changed), and with one feed in twenty changed. With --reader the peer
library `reader` (installed apart, beside the Python that is named) does the same in the same run.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from feedserver import FeedServer, many, with_one_more
from sampling import Sampler

ROOT = Path(__file__).resolve().parents[2]
_CHANGED = 20  # one feed in so many

_READER = """\
import json, sys
from reader import make_reader
reader = make_reader(sys.argv[1])
if len(sys.argv) > 2:
    for url in json.load(open(sys.argv[2])):
        reader.add_feed(url, exist_ok=True)
failed = []
for url, value in reader.update_feeds_iter(workers=20, scheduled=False):
    if isinstance(value, Exception):
        failed.append(url)
print(json.dumps({"failed": failed, "entries": reader.get_entry_counts().total}))
"""


def run(command: Sequence[str], folder: Path) -> tuple[dict[str, float], str]:
    """Run *command* in *folder*; return its seconds, CPU and peak memory, and its output."""
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True)
    with Sampler(process.pid) as sampler:
        output, _ = process.communicate()
    seconds = time.perf_counter() - began
    figures = {
        "seconds": round(seconds, 2),
        "cpu_s": round(sampler.cpu_s, 2),
        "peak_mb": round(sampler.peak_mb),
    }
    return figures, output


def newsletter(server: FeedServer, folder: Path) -> Callable[[], dict[str, Any]]:
    """Return what gathers all of *server* by `newsletter gather` and returns the figures."""
    feeds = "\n".join(f"      - {url}" for url in server.urls)
    (folder / "feeds.yaml").write_text(
        "title: Bench\nurl: https://bench.example\n"
        f"fetch: {{per_host: 20, allow_private: ['127.0.0.1:{server.port}']}}\n"
        f"sections:\n  - name: All\n    feeds:\n{feeds}\n"
    )
    command = [sys.executable, "-m", "newsletter", "gather", "--json", "-q"]

    def once() -> dict[str, Any]:
        figures, output = run(command, folder)
        said = json.loads(output)
        failed = [feed["url"] for feed in said["feeds"] if feed["status"] == "failed"]
        return {**figures, "new": said["counts"]["new"], "failed": failed}

    return once


def reader(server: FeedServer, folder: Path, python: str) -> Callable[[], dict[str, Any]]:
    """Return what gathers all of *server* by `reader` and returns the figures."""
    (folder / "peer.py").write_text(_READER)
    (folder / "urls.json").write_text(json.dumps(server.urls))
    first = ["urls.json"]

    def once() -> dict[str, Any]:
        figures, output = run([python, "peer.py", "reader.db", *first], folder)
        first.clear()
        return {**figures, **json.loads(output.splitlines()[-1])}

    return once


def measure(folder: Path, count: int, latency_s: float, python: str | None) -> dict[str, Any]:
    """Return the figures of each who gathers, for each of the three states of the feeds."""
    figures: dict[str, Any] = {}
    with (
        FeedServer(many(folder, count), latency_s) as server,
        tempfile.TemporaryDirectory() as ours,
        tempfile.TemporaryDirectory() as theirs,
    ):
        gatherers = {"newsletter": newsletter(server, Path(ours))}
        if python:
            gatherers["reader"] = reader(server, Path(theirs), python)
        for state in ("cold", "warm", "changed"):
            if state == "changed":
                for number in range(0, count, _CHANGED):
                    server.change(number, with_one_more(server.feed(number), number))
            for name, gather in gatherers.items():
                found = gather()
                found["feeds_per_s"] = round(count / found["seconds"], 1)
                figures.setdefault(name, {})[state] = found
    if python:
        ours_failed = set(map(_path, figures["newsletter"]["cold"]["failed"]))
        theirs_failed = set(map(_path, figures["reader"]["cold"]["failed"]))
        return {**figures, "failing_only_here": sorted(ours_failed - theirs_failed)}
    return {**figures}


def _path(url: str) -> str:
    return url.rpartition("/")[2]


def main() -> None:
    """Run the measurement that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--feeds", type=int, default=500)
    parser.add_argument("--latency", type=float, default=0.1, help="seconds before each answer")
    parser.add_argument("--reader", metavar="PYTHON", help="a Python that has reader installed")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures = measure(options.folder, options.feeds, options.latency, options.reader)
    told = json.dumps(figures, indent=2) if options.json else table(figures)
    sys.stdout.write(f"{told}\n")


def table(figures: dict[str, Any]) -> str:
    """Return *figures* as lines, one for each who gathers and each state of the feeds."""
    lines = []
    for name in ("newsletter", "reader"):
        for state, found in figures.get(name, {}).items():
            shown = {**found, "failed": len(found["failed"])}
            parts = " ".join(f"{key} {value}" for key, value in shown.items())
            lines.append(f"{name:<11}{state:<8}{parts}")
    if "reader" in figures:
        lines.append(f"failing only here: {', '.join(figures['failing_only_here']) or 'none'}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
