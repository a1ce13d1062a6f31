"""What the parts of the store share: the way to its database, for reading and for writing."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import sqlalchemy as sa

from newsletter.store.telling import telling

Connecting = Callable[[], AbstractContextManager[sa.Connection]]


class Connected:
    """A database that can be read and written; what its driver raises is told as a StoreError."""

    def __init__(self, reading: Connecting, writing: Connecting, name: str) -> None:
        self._reading = reading
        self._writing = writing
        self._name = name

    @contextmanager
    def _read(self) -> Iterator[sa.Connection]:
        with telling(self._name), self._reading() as connection:
            yield connection

    @contextmanager
    def _write(self) -> Iterator[sa.Connection]:
        with telling(self._name), self._writing() as connection:
            yield connection
