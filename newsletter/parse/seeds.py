"""The editor's own documents in, articles out: plain text and Markdown with front matter."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import markdown
from charset_normalizer import from_bytes
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from newsletter.errors import ParseError
from newsletter.model import Article, DateSource, Document
from newsletter.parse.identity import article_id, keys_of
from newsletter.text.clean import is_caption, is_promotional
from newsletter.text.markup import html_to_text, one_line, tidy
from newsletter.text.urls import host_of, link

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)(?:^|\n)---[ \t]*(?:\n|\Z)", re.DOTALL)
_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$")
_MARKDOWN = (".md", ".markdown")
_WRAPPED_AT = 100  # characters: a text whose lines are all shorter was wrapped by hand
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
    given, body = _front_matter(tidy_lines(_decoded(job.document.content)))
    is_markdown = job.origin.lower().endswith(_MARKDOWN)
    lines = _markdown_lines(body) if is_markdown else _plain_lines(body)
    heading = _HEADING.match(body.lstrip().split("\n", 1)[0]) if is_markdown else None
    title = one_line(str(given.get("title") or ""))
    found = lines[0] if heading and lines else _title_line(lines)
    if found is not None and title in {"", found}:
        title = found
        lines.remove(found)
    text = "\n".join(lines)
    if not text and not title:
        raise ParseError("is empty")
    url = link(str(given.get("url") or "").strip() or None)
    source = one_line(str(given.get("source") or "")) or host_of(url or "")
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
        author=one_line(str(given.get("author") or "")) or None,
        published=published,
        date_source=DateSource.DOCUMENT if published else DateSource.NONE,
        first_seen=job.seen_at,
        language=str(given.get("language") or job.language),
        origins=(job.origin,),
    )


def tidy_lines(text: str) -> str:
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
    if b"\0" in content:
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
        return {}, text
    try:
        given = YAML(typ="safe", pure=True).load(match[1])
    except YAMLError as error:
        first = one_line(str(error).split("\n", 1)[0])
        raise ParseError(f"has unreadable front matter: {first}") from error
    if given is None:
        return {}, text[match.end() :]
    if not isinstance(given, dict):
        return {}, text  # a rule between two thematic breaks, not front matter
    return {str(key).lower(): value for key, value in given.items()}, text[match.end() :]


def _markdown_lines(body: str) -> list[str]:
    return html_to_text(markdown.markdown(body, extensions=["extra", "sane_lists"])).split("\n")


def _plain_lines(body: str) -> list[str]:
    """Return the paragraphs of plain text; lines wrapped by hand are joined again."""
    blocks = [block for block in re.split(r"\n\s*\n", tidy(body)) if block.strip()]
    wrapped = len(blocks) > 1 and all(
        len(line) <= _WRAPPED_AT for block in blocks for line in block.split("\n")
    )
    if wrapped:
        return [one_line(block) for block in blocks]
    return [line for block in blocks for line in block.split("\n") if line]


def _title_line(lines: list[str]) -> str | None:
    """Return the first line that can be a heading, if it stands before the first sentence."""
    for line in lines[:-1]:
        if is_caption(line) or is_promotional(line):
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
