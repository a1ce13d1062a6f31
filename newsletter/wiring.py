"""The only file that knows real things by name: settings in, doors out."""

from contextlib import AbstractContextManager
from pathlib import Path

from newsletter import __version__
from newsletter.config import Configuration
from newsletter.deliver import OutputFolder
from newsletter.net import Fetcher, Limits
from newsletter.sources import HttpFeeds, SeedFiles
from newsletter.store import Store, open_store
from newsletter.summarise import summarise
from newsletter.workers import ProcessWorkers
from newsletter.workspace import common_words, word_frequencies

__all__ = [
    "common_words",
    "feeds",
    "output_folder",
    "seeds",
    "store",
    "summarise",
    "word_frequencies",
    "workers",
]


def store(configuration: Configuration) -> AbstractContextManager[Store]:
    """Return the store, to be opened by `with`."""
    return open_store(configuration.database_url)


def feeds(configuration: Configuration) -> HttpFeeds:
    """Return the source of feeds, under the limits of `fetch:`."""
    settings = configuration.settings
    fetch = settings.fetch
    about = f" (+{settings.url})" if settings.url else ""
    fetcher = Fetcher(
        Limits(
            timeout_s=fetch.timeout.total_seconds(),
            max_bytes=fetch.max_bytes,
            allow_private=frozenset(fetch.allow_private),
        ),
        user_agent=f"Newsletter/{__version__}{about}",
    )
    return HttpFeeds(fetcher, per_host=fetch.per_host, total_s=fetch.total.total_seconds())


def seeds(configuration: Configuration) -> SeedFiles:
    """Return the source of seeds."""
    return SeedFiles(configuration.workspace)


def workers() -> ProcessWorkers:
    """Return the processes that parse, with the parsers loaded beforehand."""
    return ProcessWorkers(preload=("newsletter.parse",))


def output_folder(configuration: Configuration, output: Path | None) -> OutputFolder:
    """Return the folder of editions: *output* if given, else that of feeds.yaml."""
    return OutputFolder((output or configuration.output).absolute())
