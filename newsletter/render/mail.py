"""Fits an issue into the size at which mail programs still show a message whole."""

from binascii import b2a_qp
from collections.abc import Callable, Sequence
from itertools import accumulate

from newsletter.errors import IssueError
from newsletter.render.cutting import Cut, cut_to, said, steps_of
from newsletter.render.views import IssueView

# Gmail clips what is longer. Whether it counts the bytes encoded is disputed: both must fit.
MAX_BYTES = 102_400
# What is cut is cut to this: services that send make links longer, to count who follows them.
CUT_TO_BYTES = 99_000


def quoted_printable(text: str) -> bytes:
    """Return *text* as UTF-8 in quoted-printable with CRLF line ends (RFC 2045, 6.7)."""
    lines = text.replace("\r\n", "\n").replace("\n", "\r\n")
    return b2a_qp(lines.encode(), istext=True)


def size(html: str) -> int:
    """Return the bytes that *html* takes in a message: as they are or encoded, what is more."""
    return max(len(html.encode()), len(quoted_printable(html)))


def fitted(view: IssueView, draw: Callable[[IssueView], str]) -> tuple[str, tuple[str, ...]]:
    """Return the mail's HTML within `MAX_BYTES`, and in words what had to give way.

    A mail that has to be cut is cut to a little less, for what sending adds to it. What gives way
    and in which order is told by `steps_of`; no more does than must.

    Raises:
        IssueError: it does not fit even without a story.
    """
    steps = steps_of(view)
    pages = {0: draw(view)}

    def page(count: int) -> str:
        if count not in pages:
            pages[count] = draw(cut_to(view, steps[:count]))
        return pages[count]

    def fits(count: int) -> bool:
        return size(page(count)) <= CUT_TO_BYTES

    if size(page(0)) <= MAX_BYTES:
        return pages[0], ()
    if not fits(len(steps)):
        raise IssueError(_too_long(view, size(page(len(steps)))))
    guess = _guessed(steps, page)
    count = _first(fits, guess, len(steps))
    return page(count), said(view, steps[:count])


def _guessed(steps: Sequence[Cut], page: Callable[[int], str]) -> int:
    """Return after how many steps the mail should fit, from three pages instead of from all.

    A story takes what stands between its anchor and the next: as it is told in the whole mail, and
    as it is told in that in which every story is brief.
    """
    ids = [id_ for id_, what in steps if what == "brief"]
    briefs = next(place for place, (_, what) in enumerate(steps) if what == "gone")
    most = len(steps)
    full, brief = _sizes(page(0), ids), _sizes(page(briefs), ids)
    saved = [
        full.get(id_, 0) - brief.get(id_, 0) if what == "brief" else brief.get(id_, 0)
        for id_, what in steps
    ]
    whole, told, least = (size(page(count)) for count in (0, briefs, most))
    # What a story takes elsewhere, such as in the contents, is spread over all alike.
    off = whole - sum(saved[:briefs]) - told
    off_rest = told - sum(saved[briefs:]) - least
    shares = [off / briefs] * briefs + [off_rest / (most - briefs)] * (most - briefs)
    left = accumulate(
        (-saving - share for saving, share in zip(saved, shares, strict=True)), initial=float(whole)
    )
    return next(
        count for count, bytes_ in enumerate(left) if bytes_ <= CUT_TO_BYTES or count == most
    )


def _sizes(html: str, ids: Sequence[str]) -> dict[str, int]:
    found = {id_: html.find(f'id="{id_}"') for id_ in ids}
    places = sorted((place, id_) for id_, place in found.items() if place >= 0)
    ends = [place for place, _ in places[1:]] + [len(html)]
    return {id_: size(html[place:end]) for (place, id_), end in zip(places, ends, strict=True)}


def _first(fits: Callable[[int], bool], guess: int, most: int) -> int:
    """Return the least count from 1 that *fits*, as *most* does; few are tried if near *guess*."""
    low, high, stride = 0, most, 1  # low does not fit, high does
    count = min(max(guess, 1), most)
    while high - low > 1:
        if fits(count):
            high = count
            count = max(count - stride, low + 1)
        else:
            low = count
            count = min(count + stride, high - 1)
        stride *= 2
        if stride > high - low:
            count = (low + high) // 2
    return high


def _too_long(view: IssueView, bytes_: int) -> str:
    parts = {
        "intro": view.intro.html,
        "note": view.note.html,
        "closing": view.closing.html,
        "sponsor.text": view.sponsor.text.html if view.sponsor else "",
        "description": view.plate.description,
        "sender.postal_address": view.plate.postal_address,
    }
    longest = max(parts, key=lambda part: len(parts[part].encode()))
    much = len(parts[longest].encode())
    if much * 4 > MAX_BYTES:
        way_out = f"shorten {longest} in feeds.yaml ({much:,} bytes)"
    else:
        way_out = "shorten templates/email.html.j2, its styles or templates/email.css"
    return (
        f"the e-mail has {bytes_:,} bytes without a single story, and mail programs clip what has"
        f" more than {MAX_BYTES:,}; {way_out}"
    )
