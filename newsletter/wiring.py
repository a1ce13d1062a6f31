"""The only file that knows real things by name: settings in, doors out."""

import os
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import getproxies

from newsletter import __version__
from newsletter.config import Configuration
from newsletter.errors import ConfigError
from newsletter.workspace import common_words, word_frequencies

# Loaded where they are wanted: a table of feeds must not wait for the network's libraries.
if TYPE_CHECKING:
    from newsletter.deliver import OutputFolder
    from newsletter.deliver.smtp import Server
    from newsletter.embeddings import Embedder
    from newsletter.llm import LanguageModel
    from newsletter.net import Fetcher
    from newsletter.ports import Summariser
    from newsletter.sources import HttpFeeds, HttpPages, SeedFiles
    from newsletter.sources.links import HttpLinks
    from newsletter.sources.pictures import HttpPictures
    from newsletter.store import Store
    from newsletter.workers import ProcessWorkers

__all__ = [
    "common_words",
    "embedder",
    "feeds",
    "links",
    "mail_server",
    "output_folder",
    "pages",
    "pictures",
    "put_seed",
    "seeds",
    "store",
    "summariser",
    "word_frequencies",
    "workers",
    "writer",
]


def store(configuration: Configuration) -> "AbstractContextManager[Store]":
    """Return the store, to be opened by `with`."""
    from newsletter.store import open_store

    return open_store(configuration.database_url)


def feeds(configuration: Configuration) -> "HttpFeeds":
    """Return the source of feeds, under the limits of `fetch:`."""
    from newsletter.sources import HttpFeeds

    fetch = configuration.settings.fetch
    return HttpFeeds(
        _fetcher(configuration), per_host=fetch.per_host, total_s=fetch.total.total_seconds()
    )


def pages(configuration: Configuration) -> "HttpPages":
    """Return the source of articles' pages, under the limits of `fetch:`."""
    from newsletter.sources import HttpPages

    fetch = configuration.settings.fetch
    return HttpPages(
        _fetcher(configuration), per_host=fetch.per_host, total_s=fetch.total.total_seconds()
    )


def pictures(configuration: Configuration) -> "HttpPictures":
    """Return what measures pictures, under the limits of `fetch:`."""
    from newsletter.sources.pictures import HttpPictures

    fetch = configuration.settings.fetch
    return HttpPictures(
        _fetcher(configuration), per_host=fetch.per_host, total_s=fetch.total.total_seconds()
    )


def links(configuration: Configuration) -> "HttpLinks":
    """Return what asks links whether they answer, under the limits of `fetch:`."""
    from newsletter.sources.links import HttpLinks

    fetch = configuration.settings.fetch
    return HttpLinks(
        _fetcher(configuration), per_host=fetch.per_host, total_s=fetch.total.total_seconds()
    )


def _fetcher(configuration: Configuration) -> "Fetcher":
    from newsletter.net import Fetcher, Limits, Proxies
    from newsletter.workers.allocation import give_back_large_blocks

    give_back_large_blocks()
    settings = configuration.settings
    fetch = settings.fetch
    about = f" (+{settings.url})" if settings.url else ""
    return Fetcher(
        Limits(
            timeout_s=fetch.timeout.total_seconds(),
            max_bytes=fetch.max_bytes,
            allow_private=frozenset(fetch.allow_private),
        ),
        user_agent=f"Newsletter/{__version__}{about}",
        proxies=Proxies(getproxies()),
    )


def seeds(configuration: Configuration) -> "SeedFiles":
    """Return the source of seeds."""
    from newsletter.sources import SeedFiles

    return SeedFiles(configuration.workspace)


def put_seed(configuration: Configuration, folder: str, name: str, content: bytes) -> str:
    """Write a seed into *folder* of the workspace and return its path below the workspace."""
    from newsletter.sources.filing import put

    return put(configuration.workspace, folder, name, content)


def summariser() -> "Summariser":
    """Return what writes summaries."""
    from newsletter.summarise import gated, summarise

    return lambda story, assignment: gated(summarise(story, assignment))


def writer(configuration: Configuration) -> "LanguageModel | None":
    """Return the language model that feeds.yaml names, None if it names none.

    Raises:
        ConfigError: the client is not installed, or its key is missing.
    """
    wanted = configuration.settings.summaries
    if wanted.backend == "extractive" or not wanted.base_url or not wanted.model:
        return None
    from newsletter.llm import LanguageModel, open_endpoint

    return LanguageModel(
        open_endpoint(
            base_url=wanted.base_url,
            model=wanted.model,
            api_key_env=wanted.api_key_env,
            environment=os.environ,
            timeout_s=wanted.timeout.total_seconds(),
            temperature=wanted.temperature,
            proxies=getproxies(),
        )
    )


def embedder(configuration: Configuration) -> "Embedder | None":
    """Return the embedding model that feeds.yaml names, None if it names none.

    Raises:
        ConfigError: its library is not installed, or the model cannot be had.
    """
    wanted = configuration.settings.stories
    if wanted.embeddings == "none":
        return None
    from newsletter.embeddings import open_embedder

    return open_embedder(wanted.embeddings, wanted.model, configuration.workspace)


def mail_server(configuration: Configuration) -> "Server":
    """Return the server that mail is handed to.

    Raises:
        ConfigError: feeds.yaml names none, or its password is not in the environment.
    """
    from newsletter.deliver.smtp import Server

    wanted = configuration.settings.smtp
    if wanted is None:
        raise ConfigError(
            ["feeds.yaml: smtp is missing: write smtp: {host: …} to say which server takes mail"]
        )
    variable = wanted.password_env
    if variable and not os.environ.get(variable):
        raise ConfigError(
            [f"feeds.yaml: smtp.password_env: {variable} is not set; set it to the password"]
        )
    return Server(
        host=wanted.host,
        port=wanted.port_or_usual,
        security=wanted.security,
        username=wanted.username or "",
        password=os.environ[variable] if variable else "",
        timeout_s=wanted.timeout.total_seconds(),
    )


def workers() -> "ProcessWorkers":
    """Return the processes that parse; the parsers begin to be loaded at once."""
    from newsletter.workers import ProcessWorkers

    found = ProcessWorkers(preload=("newsletter.parse",))
    found.warm_up()
    return found


def output_folder(configuration: Configuration, output: Path | None) -> "OutputFolder":
    """Return the folder of editions: *output* if given, else that of feeds.yaml."""
    from newsletter.deliver import OutputFolder

    return OutputFolder((output or configuration.output).absolute())
