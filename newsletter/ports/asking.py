"""Doors to sources, workers, language models and the output folder."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from newsletter.errors import FetchError
from newsletter.model import (
    Assignment,
    Document,
    Feed,
    SeedFolder,
    Story,
    Summary,
    Unchanged,
    Visit,
)

# Whoever opens another door need not wait for it.
if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

T = TypeVar("T")
R = TypeVar("R")


Outcome = Document | Unchanged | FetchError  # of asking one feed


class FeedSource(Protocol):
    """Asks feeds for their documents."""

    def look(self, feeds: Sequence[tuple[Feed, Visit]]) -> Iterator[tuple[Feed, Outcome]]:
        """Yield what came of each feed, as it comes; a failure is an outcome, not an exception."""


class PageSource(Protocol):
    """Asks for the web pages of articles."""

    def read(self, urls: Sequence[str]) -> Iterator[tuple[str, Document | FetchError]]:
        """Yield what came of each URL, as it comes; what robots.txt forbids is a FetchError."""


class PictureSize(Protocol):
    """How large a picture is in pixels, and its format: jpeg, png, gif or webp."""

    @property
    def width(self) -> int:
        """Return its width."""

    @property
    def height(self) -> int:
        """Return its height."""

    @property
    def kind(self) -> str:
        """Return its format."""


class Pictures(Protocol):
    """Asks for the pictures of articles."""

    def measure(self, urls: Sequence[str]) -> Iterator[tuple[str, PictureSize | FetchError]]:
        """Yield the size of the picture at each URL, as it comes, or why there is none."""


class SeedSource(Protocol):
    """Reads the editor's own documents."""

    def read(self, folder: SeedFolder) -> Iterator[tuple[str, Document | FetchError]]:
        """Yield origin (path below the workspace) and content of each file, by name."""


class Workers(Protocol):
    """Runs a function over many items under limits; one that overruns costs itself alone."""

    def map(
        self,
        function: Callable[[T], R],
        items: Iterable[T],
        *,
        timeout_s: float,
        memory_bytes: int,
    ) -> Iterator[tuple[T, R | Exception]]:
        """Yield each item with its result, or with the failure in its place, as they come.

        *items* is drawn from as calls end: only a few items are held at a time.
        """


class Summariser(Protocol):
    """Writes the summary of a story."""

    def __call__(self, story: Story, assignment: Assignment) -> Summary:
        """Return headline and sentences, no more than the *assignment* asks for."""


class Reply(Protocol):
    """What a language model said, or why there is nothing: `failure` in an editor's words.

    Tokens are as the endpoint counts them, None where it does not. `is_down` tells a failure that
    the next question will most likely meet as well; `calls` is how many requests it took.
    """

    @property
    def content(self) -> str:
        """Return what it said, its reasoning perhaps among it."""

    @property
    def tokens_in(self) -> int | None:
        """Return how long the question was."""

    @property
    def tokens_out(self) -> int | None:
        """Return how long the answer was, its reasoning counted."""

    @property
    def failure(self) -> str:
        """Return why there is no answer, "" where there is."""

    @property
    def is_down(self) -> bool:
        """Return whether the next question is likely to fail as well."""

    @property
    def calls(self) -> int:
        """Return how many requests it took."""


class Writer(Protocol):
    """A language model; `name` and `host` tell which, for what is kept of its answers."""

    @property
    def name(self) -> str:
        """Return the name of the model."""

    @property
    def host(self) -> str:
        """Return host and port of its endpoint."""

    @property
    def answer_tokens(self) -> int:
        """Return how many tokens an answer may take at most."""

    def __call__(self, messages: Sequence[Mapping[str, str]]) -> Reply:
        """Return what it says to *messages*; a failure is part of the reply, not an exception.

        May be called from several threads.
        """


class Output(Protocol):
    """Where editions are put, each complete or absent."""

    @property
    def root(self) -> Path:
        """Return the folder that holds the issues' folders."""

    def check(self) -> None:
        """See that it can be written, before anything is done that would be lost."""

    def read_issue(self, issue_id: str) -> Mapping[str, bytes]:
        """Return the files of an issue that lie in its folder by name, none if it has none."""

    def write_issue(
        self,
        issue_id: str,
        files: Mapping[str, bytes],
        *,
        before_moving: Callable[[], None] = lambda: None,
    ) -> Path:
        """Put an issue's files in place and return their folder.

        When all is written, and before anything is moved, *before_moving* may still raise.
        """

    def keep_found(self, issue_id: str, content: bytes) -> Path:
        """Keep a copy of an issue's file, not among what is published; return where it lies."""

    def write_pages(
        self, files: Mapping[str, bytes], *, before_moving: Callable[[], None] = lambda: None
    ) -> None:
        """Put pages beside the issues, in the same way."""

    def issues(self) -> Iterator[tuple[str, str]]:
        """Yield name and text of each issue.json that is there, newest week first."""


class Embedder(Protocol):
    """An embedding model; `name` tells which, for what is kept of it."""

    @property
    def name(self) -> str:
        """Return library and model."""

    def __call__(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """Return one row of length 1 for each text, of length 0 for one without words."""
