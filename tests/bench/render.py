"""How long rendering takes and how much of a mail's size it uses, by theme.

By hand: `python tests/bench/render.py [--runs 5]`, JSON on stdout. Milliseconds of CPU, the least
of the runs; `cold` is the first, with templates compiled.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from issues import issue, templates, week

from newsletter.model import Issue, Layout, Section
from newsletter.render import check_templates, render
from newsletter.render.appearance import as_seen
from newsletter.render.mail import size

SECTIONS = 5


def sample(count: int, theme: str) -> Issue:
    """Return an issue of *count* stories of ordinary length, in five sections."""
    told = week().stories
    stories = [
        replace(told[n % len(told)], id=f"story{n}", score=1 / (1 + n)) for n in range(count)
    ]
    share = -(-count // SECTIONS)
    sections = tuple(
        Section(name=f"Section {n + 1}", stories=tuple(stories[n * share : (n + 1) * share]))
        for n in range(SECTIONS)
    )
    return issue(sections=sections, layout=Layout(theme=theme))


def milliseconds(work: Callable[[], object]) -> float:
    """Return the milliseconds of CPU that *work* takes once."""
    before = time.process_time()
    work()
    return round((time.process_time() - before) * 1000, 1)


def main() -> None:
    """Measure, and print JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    files = templates()
    themes = sorted(
        name.removeprefix("themes/").removesuffix(".yaml")
        for name in files
        if name.startswith("themes/") and name.endswith(".yaml")
    )
    found: dict[str, object] = {
        "cold_ms": milliseconds(lambda: render(sample(40, themes[0]), files))
    }
    found["check_templates_ms"] = milliseconds(lambda: check_templates(files))
    for theme in themes:
        for count in (1, 10, 40, 300):
            whole = sample(count, theme)
            edition = render(whole, files)
            mail = edition.files["email.html"].decode()
            found[f"{theme}/{count}"] = {
                "ms": min(milliseconds(lambda: render(whole, files)) for _ in range(runs)),  # noqa: B023
                "as_seen_ms": milliseconds(lambda: as_seen(mail, "dark")),  # noqa: B023
                "mail_bytes": size(mail),
                "cuts": edition.cuts,
            }
    print(json.dumps(found, indent=2))  # noqa: T201


if __name__ == "__main__":
    main()
