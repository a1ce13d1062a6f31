"""What the check has to know of the world around an issue: feeds, earlier issues, answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What an issue is held against.

    `support_data` says what mail clients support; `hosts` are the registrable domains of the
    feeds, none where they are not known. `failing` has a line for each feed that fails. `earlier`
    gives for an article's canonical URL the published issue that had it. `answers` gives for a link
    what is wrong with its answer, "" where nothing is; None where links were not asked.
    """

    support_data: Mapping[str, Any]
    hosts: frozenset[str] = frozenset()
    failing: tuple[str, ...] = ()
    earlier: Mapping[str, str]
    min_stories: int = 0
    answers: Mapping[str, str] | None = None
