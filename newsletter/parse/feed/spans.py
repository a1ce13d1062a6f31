"""Where a feed's entries stand in its bytes, so that they can be told apart without a parser."""

import hashlib
import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_TOKEN = re.compile(
    rb"<(?:(!--)|(!\[CDATA\[)|(\?)|(/?)((?:[\w.-]{1,40}:)?(?:item|entry))(?=[\s/>]))", re.IGNORECASE
)
_START = re.compile(rb"""<[^\s<>"'/]++(?:[^<>"']|"[^<"]*+"|'[^<']*+')*+>""")
_TAG_END = re.compile(rb"\s*+>")
_COMMENTS = re.compile(rb"(?:\s++|<!--(?:(?!-->).){0,2000}-->)*+", re.DOTALL)
_SAYS = re.compile(rb"xmlns|base|lang")
_TAG = re.compile(rb"<[A-Za-z_][^<>]*+>")
_LANGUAGE = re.compile(rb"<(?:\w+:)?language\b[^<>]*+>[^<]{0,200}", re.IGNORECASE)
_SLICE = 1_500_000  # bytes of entries that are parsed together: bounds what is held in memory


@dataclass(frozen=True, slots=True)
class Spans:
    """The entries of a well-formed document: where each begins and ends, in document order.

    What stands before the first, and behind the last, belongs to the feed; between them nothing.
    """

    content: bytes
    starts: "array[int]"
    ends: "array[int]"

    def __len__(self) -> int:
        return len(self.starts)

    def cut(self, places: Sequence[int]) -> bytes:
        """Return the document as it would be with the entries at *places* alone."""
        pieces = (self.content[self.starts[n] : self.ends[n]] for n in places)
        return b"".join((self.content[: self.starts[0]], *pieces, self.content[self.ends[-1] :]))

    def slices(self, places: Sequence[int]) -> Iterator[Sequence[int]]:
        """Yield *places* in groups of some 1.5 MB; one empty group where there are none."""
        first, size = 0, 0
        for n, place in enumerate(places):
            size += self.ends[place] - self.starts[place]
            if size > _SLICE and n > first:
                yield places[first:n]
                first, size = n, self.ends[place] - self.starts[place]
        yield places[first:]

    def hashes(self, places: Sequence[int], context: bytes) -> list[str]:
        """Return 16 hexadecimal digits for each entry at *places*.

        They stand for its bytes, for what the document says of all its entries (namespaces, bases,
        languages, entities), and for *context*.
        """
        head, tail = self.content[: self.starts[0]], self.content[self.ends[-1] :]
        said = [tag for tag in _TAG.findall(head) if _SAYS.search(tag)]
        root = _TAG.search(head)
        doctype = head[: root.start()] if root else head
        parts = (context, doctype, *said, *_LANGUAGE.findall(head), *_LANGUAGE.findall(tail))
        around = hashlib.blake2b(b"\0".join(parts)).digest()
        return [
            hashlib.blake2b(
                self.content[self.starts[n] : self.ends[n]], digest_size=8, key=around
            ).hexdigest()
            for n in places
        ]


def spans_of(content: bytes) -> Spans | None:
    """Return where the entries of *content* (UTF-8) stand, None where that is not certain.

    It is not where entries nest, stand among other elements or under several names, or where a
    tag, comment or CDATA section does not end; nor where there are none.
    """
    starts, ends = array("Q"), array("Q")
    name, position = b"", 0
    while token := _TOKEN.search(content, position):
        passed = _behind_section(content, token)
        if passed is not None:
            position = passed
            continue
        name = name or token[5]
        is_open = len(starts) > len(ends)
        if token[5] != name or is_open != bool(token[4]):
            return None
        tag = (
            _TAG_END.match(content, token.end())
            if token[4]
            else _START.match(content, token.start())
        )
        if tag is None or not (is_open or not ends or _is_nothing(content, ends[-1], tag.start())):
            return None
        position = tag.end()
        if not is_open:
            starts.append(tag.start())
        if is_open or content[position - 2 : position] == b"/>":
            ends.append(position)
    return Spans(content, starts, ends) if starts and len(starts) == len(ends) else None


def _behind_section(content: bytes, token: re.Match[bytes]) -> int | None:
    """Return where the comment, CDATA section or instruction at *token* ends, None if it is none.

    One that does not end reaches to the end of the document.
    """
    if token[5]:
        return None
    end = b"-->" if token[1] else b"]]>" if token[2] else b"?>"
    found = content.find(end, token.end())
    return found + len(end) if found >= 0 else len(content)


def _is_nothing(content: bytes, start: int, end: int) -> bool:
    between = _COMMENTS.match(content, start, end)
    return between is not None and between.end() == end
