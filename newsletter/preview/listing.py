"""The pages beside the issues: their list, the feeds' health, the charts, the archive, the keys."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from newsletter.preview.charts import charts
from newsletter.preview.desk import FeedRow
from newsletter.preview.guard import SANDBOX, policy
from newsletter.preview.report import size_state
from newsletter.preview.room import Room, faults_of
from newsletter.preview.words import counted, sentence, spelt

# How each status reads, and its state; the worst first, as the table has them.
_STATUSES = {
    "gone": ("Gone", "error"),
    "failing": ("No answer", "error"),
    "silent": ("Silent", "warning"),
    "moved": ("Moved", "warning"),
    "new": ("Not asked yet", "quiet"),
    "ok": ("Answers", "ok"),
    "disabled": ("Switched off", "quiet"),
}
_ORDER = ("error", "warning", "ok", "quiet")
_NAMES = {"error": "Failing", "warning": "Attention", "ok": "Fine", "quiet": "Not asked"}
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".json": "application/json",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLine:
    """A feed with its status in words, and its activity in percent of the liveliest one's."""

    feed: FeedRow
    name: str
    state: str
    activity: float


def issues_page(room: Room, _: Request) -> Response:
    """Return the list of issues, the coming one above it."""
    version = room.news.version
    rows = room.issues()
    listed = list(rows.value or ())
    coming = next((row for row in listed if row.status != "published"), None)
    return room.page(
        "issues.html.j2",
        here="issues",
        version=version,
        faults=faults_of(rows),
        coming=coming,
        rows=[row for row in listed if row is not coming],
        size_state=size_state,
        can_edit=room.can_edit,
        is_shut=room.is_shut,
    )


def feeds_page(room: Room, request: Request) -> Response:
    """Return the feeds, the worst first, filtered by `q` (a part of a name) and `state`."""
    version = room.news.version
    rows = room.feeds()
    lines = _lines(rows.value or ())
    wanted = request.query_params.get("state", "")
    wanted = wanted if wanted in _ORDER else ""
    query = request.query_params.get("q", "").strip()[:200]
    counts = Counter(line.state for line in lines)
    found = [
        line
        for line in lines
        if (not wanted or line.state == wanted)
        and query.casefold() in f"{line.feed.name} {line.feed.url} {line.feed.section}".casefold()
    ]
    return room.page(
        "feeds.html.j2",
        here="feeds",
        version=version,
        faults=faults_of(rows),
        lines=lines,
        found=found,
        counts=counts,
        names=_NAMES,
        states=[state for state in _ORDER if counts[state]],
        wanted=wanted,
        query=query,
        finding=_finding(counts),
    )


def charts_page(room: Room, _: Request) -> Response:
    """Return the charts of the newest issue, of all issues and of the feeds."""
    version = room.news.version
    rows, feeds = room.issues(), room.feeds()
    newest = next(iter(rows.value or ()), None)
    kept = room.shown(newest.id, None) if newest else None
    shown = kept.value if kept else None
    drawn = charts(
        shown.issue if shown else None,
        shown.report if shown else None,
        rows.value or (),
        feeds.value or (),
    )
    return room.page(
        "charts.html.j2",
        here="charts",
        version=version,
        faults=faults_of(rows, feeds, *([kept] if kept else [])),
        charts=drawn,
        newest=newest,
    )


def archive_page(room: Room, _: Request) -> Response:
    """Return the page that shows the written archive in a frame."""
    return room.page("archive.html.j2", here="archive", version=room.news.version, faults=())


def keys_page(room: Room, _: Request) -> Response:
    """Return the page that names all keys."""
    return room.page("keys.html.j2", here="", version=room.news.version, faults=())


def site_file(room: Room, request: Request) -> Response:
    """Return a file of the written archive, shut in as an issue's page is."""
    headers = {
        "Content-Security-Policy": policy(
            {
                "default-src": "'none'",
                "style-src": "'unsafe-inline'",
                "img-src": "'self' https: data:",
                "base-uri": "'none'",
                "form-action": "'none'",
                "frame-ancestors": "'self'",
                "sandbox": SANDBOX,
            }
        )
    }
    path = _within(room.site(), request.path_params["path"])
    if path is None:
        return PlainTextResponse("There is no such page", status_code=404, headers=headers)
    kind = _TYPES.get(path.suffix, "text/plain; charset=utf-8")
    return Response(path.read_bytes(), media_type=kind, headers=headers)


def _within(folder: Path | None, name: str) -> Path | None:
    """Return the file *name* below *folder*; None if there is none, or it lies elsewhere."""
    if folder is None or "\0" in name:
        return None
    try:
        home = folder.resolve()
        path = (home / name).resolve()
        if path.is_dir():
            path = (path / "index.html").resolve()
        # Looked at last, and where links have led: what a name seems to be is no matter.
        within = path.parts[len(home.parts) :] if path.is_relative_to(home) else (".",)
        hidden = any(part.startswith(".") for part in within)
        return path if path.is_file() and not hidden else None
    except (OSError, RuntimeError):  # no name of a file, or links in a ring
        return None


def _lines(feeds: Sequence[FeedRow]) -> list[FeedLine]:
    most = max((one.articles_a_week or 0.0 for one in feeds), default=0.0) or 1.0
    lines = []
    for feed in feeds:
        name, state = _STATUSES[feed.status]
        lines.append(
            FeedLine(
                feed=feed,
                name=name,
                state="warning" if feed.wants_eye and state in ("ok", "quiet") else state,
                activity=100 * (feed.articles_a_week or 0.0) / most,
            )
        )
    order = list(_STATUSES)
    return sorted(
        lines,
        key=lambda line: (
            _ORDER.index(line.state),
            not line.feed.wants_eye,
            order.index(line.feed.status),
            -line.feed.failures,
            line.feed.called.casefold(),
        ),
    )


def _finding(counts: Counter[str]) -> tuple[str, str]:
    """Return how the feeds are in one sentence: its figure, and the rest."""
    asked = counts["error"] + counts["warning"] + counts["ok"]
    if not counts.total():
        return "No feeds yet.", "Add one: newsletter feeds add URL"
    if not asked:
        return "No feed", "has been asked yet: newsletter gather"
    answered = asked - counts["error"]
    rest = f"{'feed' if asked == 1 else 'feeds'} answered at the last look."
    told = []
    if counts["error"]:
        told.append(
            f"{spelt(counts['error'])} {'does' if counts['error'] == 1 else 'do'} not answer"
        )
    if counts["warning"]:
        verb = "needs" if counts["warning"] == 1 else "need"
        told.append(f"{spelt(counts['warning'])} {verb} attention")
    if told:
        rest += f" {sentence(', '.join(told))}."
    if counts["quiet"]:
        rest += f" {sentence(counted(counts['quiet'], 'feed'))} not asked."
    return f"{answered} of {asked}", rest
