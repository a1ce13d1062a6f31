"""The editor's own documents in, articles out: plain text and Markdown with front matter."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import markdown
from charset_normalizer import from_bytes
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from newsletter.errors import ParseError
from newsletter.model import Article, DateSource, Document
from newsletter.parse.identity import article_id, keys_of
from newsletter.parse.languages import language_of
from newsletter.text.boilerplate import reason_against
from newsletter.text.markup import html_to_text, one_line, tidy
from newsletter.text.urls import host_of, link

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?:(.*?)\n)?---[ \t]*(?:\n|\Z)", re.DOTALL)
_UNCLOSED = re.compile(
    r"\A---[ \t]*\n(?:title|url|date|source|author|language)[ \t]*:", re.IGNORECASE
)
_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x19\x1c-\x1f]")
_HEADING = re.compile(r"\s*<h([1-6])\b[^>]*>(.*?)</h\1>", re.DOTALL)
_MARKDOWN = (".md", ".markdown")
_WRAPPED_AT = 100  # characters: a text whose lines are all shorter was wrapped by hand
_FULL = 0.7  # of the longest line: one that leaves more room free was broken on purpose
_TITLE_WORDS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedJob:
    """A seed's document, to be parsed; `zone` is where a date without a time belongs."""

    document: Document
    origin: str
    seen_at: datetime
    language: str
    zone: str


def parse_seed(job: SeedJob) -> Article:
    """Return the article that a seed holds.

    The title is the front matter's, else the first line that can be a heading and stands before
    the first sentence; it may be "". The source is the front matter's, else the URL's host, else
    the title, else the file's name, never a name that the text mentions.

    Raises:
        ParseError: the seed is binary, empty or has unreadable front matter.
    """
    given, body = _front_matter(_unix_lines(_decoded(job.document.content)))
    if job.origin.lower().endswith(_MARKDOWN):
        lines, heading = _markdown_lines(body)
    else:
        lines, heading = _plain_lines(body), ""
    title = _given(given, "title")
    found = heading or _title_line(lines)
    if found is not None and title in {"", found}:
        title = found
        lines.remove(found)
    text = "\n".join(lines)
    if not text and not title:
        raise ParseError("is empty")
    url = link(_given(given, "url"))
    source = _given(given, "source") or host_of(url or "")
    published = _moment(given.get("date"), job.zone)
    keys = keys_of(guid=None, url=url, text=f"{title}\n{text}")
    return Article(
        id=article_id(keys[0]),
        keys=keys,
        title=title,
        text=text,
        url=url,
        source=source or title or _file_title(job.origin),
        named=bool(source),
        author=_given(given, "author") or None,
        published=published,
        date_source=DateSource.DOCUMENT if published else DateSource.NONE,
        first_seen=job.seen_at,
        language=language_of(given.get("language"), job.language),
        origins=(job.origin,),
    )


def _unix_lines(text: str) -> str:
    """Return *text* with Unix line ends, so that front matter and paragraphs can be told."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(content: bytes) -> str:
    if not content.strip(b"\0 \t\r\n\x0b\x0c\xef\xbb\xbf\xfe\xff"):
        raise ParseError("is empty")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError as error:
            raise ParseError(
                "is damaged: it begins as UTF-16 text but does not go on so"
            ) from error
    if b"\0" in content or len(_CONTROLS.findall(content)) > len(content) / 100:
        raise ParseError("is binary, not text")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    # Of the single-byte encodings, those of western Europe are tried first: on a short text the
    # statistics cannot tell them from the eastern ones.
    western = from_bytes(content, cp_isolation=["cp1252", "iso8859_15"]).best()
    best = western or from_bytes(content).best()
    if best is None:
        raise ParseError("is binary, or text in an encoding that cannot be told; save it as UTF-8")
    return str(best)


def _front_matter(text: str) -> tuple[dict[str, Any], str]:
    match = _FRONT_MATTER.match(text)
    if not match:
        if _UNCLOSED.match(text):
            raise ParseError("has front matter that does not end; close it with a line of ---")
        return {}, text
    try:
        given = YAML(typ="safe", pure=True).load(match[1] or "")
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f" (line {mark.line + 2})" if mark else ""  # counted from 1, after the first ---
        problem = one_line(str(error.problem or error.context or "cannot be understood"))
        raise ParseError(f"has unreadable front matter: {problem}{where}") from error
    except (YAMLError, ValueError, TypeError, RecursionError) as error:
        # ValueError: a date that does not exist.
        raise ParseError(f"has unreadable front matter: {one_line(str(error))}") from error
    if given is None:
        return {}, text[match.end() :]
    if not isinstance(given, dict):
        return {}, text  # a rule between two thematic breaks, not front matter
    return {str(key).lower(): value for key, value in given.items()}, text[match.end() :]


def _given(front_matter: dict[str, Any], key: str) -> str:
    """Return what the front matter says of *key* on one line, "" if nothing; lists with commas."""
    value = front_matter.get(key)
    values = value if isinstance(value, list) else [value]
    return one_line(", ".join(str(one) for one in values if one is not None))


def _markdown_lines(body: str) -> tuple[list[str], str]:
    """Return the lines of a Markdown document, and the heading that it begins with or ""."""
    try:
        html = markdown.markdown(body, extensions=["extra", "sane_lists"])
    except RecursionError as error:
        raise ParseError("is nested too deeply to be Markdown that somebody wrote") from error
    heading = _HEADING.match(html)
    title = one_line(html_to_text(heading[2])) if heading else ""
    lines = html_to_text(html).split("\n")
    return lines, title if title in lines else ""


def _plain_lines(body: str) -> list[str]:
    """Return the paragraphs of plain text; lines wrapped by hand are joined again."""
    blocks = [block for block in re.split(r"\n\s*\n", tidy(body)) if block.strip()]
    width = max((len(line) for block in blocks for line in block.split("\n")), default=0)
    if len(blocks) > 1 and width <= _WRAPPED_AT:
        return [line for block in blocks for line in _unwrapped(block, width)]
    return [line for block in blocks for line in block.split("\n") if line]


def _unwrapped(block: str, width: int) -> Iterator[str]:
    """Yield a block's paragraphs: a line goes on in the next unless it ends well before *width*.

    That way neither a heading nor a byline without an empty line after it is drawn into the text.
    """
    lines = block.strip("\n").split("\n")
    paragraph = ""
    for number, line in enumerate(lines):
        paragraph = f"{paragraph} {line}".strip()
        following = lines[number + 1].split(" ", 1)[0] if number + 1 < len(lines) else ""
        if not following or len(line) + 1 + len(following) < _FULL * width:
            yield paragraph
            paragraph = ""


def _title_line(lines: list[str]) -> str | None:
    """Return the first line that can be a heading, if it stands before the first sentence."""
    for line in lines[:-1]:
        if reason_against(line) or not any(mark.isalnum() for mark in line):
            continue
        ends_like_text = line.rstrip("”’\"')]").endswith((".", ",", ";", ":", "…", "。"))
        abbreviation = re.search(r"\b[A-Z]\.$", line)
        if len(line.split()) <= _TITLE_WORDS and (not ends_like_text or abbreviation):
            return line
        return None
    return None


def _file_title(origin: str) -> str:
    """Return a file's name as words, or "Untitled document" if it holds none."""
    stem = origin.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    words = [word for word in re.split(r"[-_\s.]+", stem) if word.isalpha()]
    name = " ".join(words)
    return name[:1].upper() + name[1:] if len(name) >= 4 else "Untitled document"


def _moment(value: object, zone: str) -> datetime | None:
    """Return the moment that a front matter's date names; a bare date is midnight in *zone*."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value.strip())
        except ValueError:
            return None
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime.combine(value, time())
    if not isinstance(value, datetime):
        return None
    try:
        return (value if value.tzinfo else value.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)
    except (OverflowError, ValueError):
        return None
