"""Reads feeds.yaml and the environment into frozen settings, and tells all faults at once."""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from newsletter.config.faults import fault_line, key_path, line_of
from newsletter.config.schema import Settings
from newsletter.errors import ConfigError
from newsletter.model import Feed, Layout, Masthead, SeedFolder, Sender, Sponsor
from newsletter.text.urls import host_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """The settings and the folder that their relative paths start from, the workspace."""

    settings: Settings
    workspace: Path

    @property
    def feeds(self) -> tuple[Feed, ...]:
        """Return every feed in the order of feeds.yaml, the disabled ones too."""
        return tuple(
            Feed(
                url=feed.url,
                section=section.name,
                name=feed.name,
                weight=feed.weight,
                enabled=feed.enabled,
                full_text=feed.full_text,
            )
            for section in self.settings.sections
            for feed in section.feeds
        )

    @property
    def seed_folders(self) -> tuple[SeedFolder, ...]:
        """Return every folder of seeds in the order of feeds.yaml."""
        return tuple(
            SeedFolder(path=path, section=section.name)
            for section in self.settings.sections
            for path in section.seeds
        )

    @property
    def output(self) -> Path:
        """Return the folder that issues are written to."""
        return self.workspace / self.settings.output

    @property
    def database_url(self) -> str:
        """Return the database as a SQLAlchemy URL; NEWSLETTER_DATABASE wins over feeds.yaml."""
        text = os.environ.get("NEWSLETTER_DATABASE") or self.settings.database
        return text if "://" in text else f"sqlite:///{self.workspace / text}"

    @property
    def masthead(self) -> Masthead:
        """Return what the newsletter says of itself on every issue."""
        settings, sender = self.settings, self.settings.sender
        return Masthead(
            title=settings.title,
            description=settings.description,
            language=settings.language,
            timezone=settings.timezone,
            url=settings.url.rstrip("/") if settings.url else None,
            sender=Sender(
                name=sender.name,
                address=sender.address,
                postal_address=sender.postal_address,
                unsubscribe=sender.unsubscribe or "",
                one_click=sender.one_click,
            )
            if sender
            else None,
        )

    @property
    def layout(self) -> Layout:
        """Return how issues are to look."""
        return Layout(theme=self.settings.theme, images=self.settings.images)

    @property
    def sponsor(self) -> Sponsor | None:
        """Return who paid for a place in the issue, None if nobody did."""
        found = self.settings.sponsor
        if found is None:
            return None
        return Sponsor(
            name=found.name, text=found.text, url=found.url, link_text=found.link_text or ""
        )


def load(path: Path) -> Configuration:
    """Return the configuration that the file at *path* holds.

    Raises:
        ConfigError: with every fault of the file, each with line, key, fault and way out.
    """
    settings = read_settings(read_text(path), str(path))
    return Configuration(settings=settings, workspace=path.resolve().parent)


def read_settings(text: str, name: str) -> Settings:
    """Return the settings that *text* holds; faults call it *name*.

    Raises:
        ConfigError: with every fault of the text, each with line, key, fault and way out.
    """
    tree = _tree(text, name)
    faults: list[tuple[int, str]] = []
    try:
        settings = Settings.model_validate(_plain(tree))
    except ValidationError as error:
        faults += (
            fault_line(name, tree, detail)
            for detail in error.errors()
            # Told of a list whose entries all failed, too: they have been named one by one.
            if detail["type"] != "too_short" or not detail["input"]
        )
    faults += _twice(name, tree)
    if faults:
        raise ConfigError([fault for _, fault in sorted(set(faults))])
    return settings


def read_text(path: Path) -> str:
    """Return the text of the file at *path*, line ends as they are, without a byte order mark.

    Raises:
        ConfigError: it is not there, cannot be read or is not UTF-8.
    """
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        fault = (
            f"{path}: there is no such file; name yours with --config, go to its folder, or make a"
            " fresh one: newsletter init DIR"
        )
        raise ConfigError([fault]) from error
    except OSError as error:
        raise ConfigError([f"{path}: cannot be read: {error.strerror}"]) from error
    except UnicodeDecodeError as error:
        raise ConfigError([f"{path}: is not UTF-8 text; save it as UTF-8"]) from error


def _tree(text: str, name: str) -> Any:
    try:
        tree = YAML(typ="rt").load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f":{mark.line + 1}" if mark else ""
        problem = (error.problem or error.context or "cannot be understood").split("\n")[0]
        raise ConfigError([f"{name}{line}: is not readable YAML: {problem}"]) from error
    except (YAMLError, RecursionError, ValueError) as error:
        raise ConfigError([f"{name}: is not readable YAML: {error}"]) from error
    if not isinstance(tree, Mapping):
        what = "is empty" if tree is None else "is no mapping of keys"
        raise ConfigError([f"{name}:1: the file {what}; write at least title: … and sections: …"])
    return tree


def _plain(node: Any) -> Any:
    if isinstance(node, Mapping):
        return {str(key): _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(value) for value in node]
    return node


def _twice(file: str, tree: Any) -> Iterator[tuple[int, str]]:
    """Yield a fault for each feed, folder and section name that stands there a second time."""
    first: dict[str, int] = {}
    for path, kind, text in _named(tree):
        line = line_of(tree, path)
        key = f"{kind} {_SAME[kind](text)}"
        if key in first:
            where = f"{file}:{line}: {key_path(path)}"
            yield line, f"{where}: {text!r} stands on line {first[key]} already; remove one of them"
        first.setdefault(key, line)


def feed_key(url: str) -> str:
    """Return what two URLs of one feed have in common; its parameters may choose the feed."""
    try:
        parts = urlsplit(url.strip())
        return f"{host_of(url)}:{parts.port or ''}{parts.path.rstrip('/')}?{parts.query}"
    except ValueError:
        return url


def section_key(name: str) -> str:
    """Return what two spellings of one section's name have in common."""
    return name.strip().casefold()


_SAME: Mapping[str, Callable[[str], str]] = {
    "section": section_key,
    "feed": feed_key,
    "folder": lambda text: PurePosixPath(text.strip()).as_posix(),
}


def _named(tree: Any) -> Iterator[tuple[tuple[Any, ...], str, str]]:
    sections = tree.get("sections")
    for i, section in enumerate(sections if isinstance(sections, list) else ()):
        if not isinstance(section, Mapping):
            continue
        if isinstance(section.get("name"), str):
            yield ("sections", i, "name"), "section", section["name"]
        seeds = section.get("seeds")
        if isinstance(seeds, str):
            yield ("sections", i, "seeds"), "folder", seeds
        for k, folder in enumerate(seeds if isinstance(seeds, list) else ()):
            if isinstance(folder, str):
                yield ("sections", i, "seeds", k), "folder", folder
        feeds = section.get("feeds")
        for j, feed in enumerate(feeds if isinstance(feeds, list) else ()):
            url = feed.get("url") if isinstance(feed, Mapping) else feed
            if isinstance(url, str):
                yield ("sections", i, "feeds", j), "feed", url
