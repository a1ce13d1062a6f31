"""The editor's own documents in, articles out: each kind by its own reader."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import markdown
from charset_normalizer import from_bytes
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from newsletter.errors import ParseError
from newsletter.model import Article, DateSource, Document
from newsletter.parse.document.docx import read_docx
from newsletter.parse.document.found import Found
from newsletter.parse.document.mail import read_mail
from newsletter.parse.document.pages import PageJob, parse_page
from newsletter.parse.document.paragraphs import html_lines, plain_lines, title_line
from newsletter.parse.document.pdf import read_pdf
from newsletter.parse.identity import article_id, keys_of
from newsletter.parse.languages import language_of
from newsletter.text.markup import one_line
from newsletter.text.urls import host_of, link

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?:(.*?)\n)?---[ \t]*(?:\n|\Z)", re.DOTALL)
_UNCLOSED = re.compile(
    r"\A---[ \t]*\n(?:title|url|date|source|author|language)[ \t]*:", re.IGNORECASE
)
_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x19\x1c-\x1f]")
_MARKDOWN = (".md", ".markdown")
_SAVED_FROM = re.compile(rb"<!-- saved from url=\(\d+\)(\S+) -->")  # as browsers write on saving


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedJob:
    """A seed's document, to be parsed; `zone` is where a date without a time belongs."""

    document: Document
    origin: str
    seen_at: datetime
    language: str
    zone: str


def parse_seed(job: SeedJob) -> Article:
    """Return the article that a seed holds: text, Markdown, web page, PDF, Word document or mail.

    The kind is that of the file's name. The title is the document's own (front matter, metadata,
    Subject), else the first line that can be a heading and stands before the first sentence; it may
    be "". The source is the document's own, else the URL's host, else the title, else the file's
    name, never a name that the text mentions.

    Raises:
        ParseError: the seed is damaged, locked, empty or has unreadable front matter.
    """
    found = _reader(job)(job)
    text = "\n".join(found.lines)
    if not text and not found.title:
        raise ParseError("is empty")
    source = found.source or host_of(found.url or "")
    keys = keys_of(guid=found.guid, url=found.url, text=f"{found.title}\n{text}")
    return Article(
        id=article_id(keys[0]),
        keys=keys,
        title=found.title,
        text=text,
        url=found.url,
        source=source or found.title or _file_title(job.origin),
        named=bool(source),
        author=found.author or None,
        published=found.published,
        date_source=DateSource.DOCUMENT if found.published else DateSource.NONE,
        first_seen=job.seen_at,
        language=language_of(found.language, job.language),
        origins=(job.origin,),
        image=found.image,
    )


def _reader(job: SeedJob) -> Callable[[SeedJob], Found]:
    suffix = f".{job.origin.lower().rpartition('.')[2]}"
    readers: dict[str, Callable[[SeedJob], Found]] = {
        ".html": _read_page,
        ".htm": _read_page,
        ".pdf": lambda job: read_pdf(job.document.content),
        ".docx": lambda job: read_docx(job.document.content),
        ".eml": lambda job: read_mail(job.document.content),
    }
    return readers.get(suffix, _read_text)


def _read_text(job: SeedJob) -> Found:
    given, body = _front_matter(_unix_lines(_decoded(job.document.content)))
    if job.origin.lower().endswith(_MARKDOWN):
        lines, heading = _markdown_lines(body)
    else:
        lines, heading = plain_lines(body), ""
    title = _given(given, "title")
    found = heading or title_line(lines)
    if found is not None and title in {"", found}:
        title = found
        lines.remove(found)
    return Found(
        title=title,
        lines=tuple(lines),
        url=link(_given(given, "url")),
        source=_given(given, "source"),
        author=_given(given, "author"),
        published=_moment(given.get("date"), job.zone),
        language=given.get("language"),
    )


def _read_page(job: SeedJob) -> Found:
    """Return what a saved page holds; where it came from it says itself, or the browser did."""
    saved_from = _SAVED_FROM.search(job.document.content[:4096])
    url = link(saved_from[1].decode("ascii", "replace")) if saved_from else None
    document = replace(job.document, url=url or "")
    page = parse_page(PageJob(document=document, language=job.language))
    return Found(
        title=page.title,
        lines=tuple(page.text.split("\n")),
        url=page.canonical or url,
        source=page.source or "",
        author=page.author or "",
        published=page.published,
        language=page.language,
        image=page.image,
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
    return html_lines(html)


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
