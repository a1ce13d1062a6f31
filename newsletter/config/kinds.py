"""The kinds of values that stand in feeds.yaml, and what every mapping in it has in common."""

import re
from datetime import time, timedelta
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from newsletter.config import quantities


def _variable(text: object) -> str:
    found = str(text).strip()
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", found):
        raise ValueError(
            "is no name of an environment variable: keep the key out of feeds.yaml, in a variable"
            " such as OPENAI_API_KEY, and write its name here"
        )
    return found


def _written(pattern: str, *examples: str) -> WithJsonSchema:
    """Return what editors' tools are told of a text that is read into something else."""
    return WithJsonSchema({"type": "string", "pattern": pattern, "examples": list(examples)})


_MORE_THAN_NOTHING = r"^\s*(?=[\d.]*[1-9])\d+(\.\d+)?\s*"

Duration = Annotated[
    timedelta,
    BeforeValidator(quantities.duration),
    _written(_MORE_THAN_NOTHING + r"[smhdw]\s*$", "30s", "1h", "14d"),
]
Size = Annotated[
    int,
    BeforeValidator(quantities.size),
    _written(_MORE_THAN_NOTHING + r"([kKmMgG]?[bB])\s*$", "15MB"),
]
WebUrl = Annotated[
    str,
    BeforeValidator(quantities.web_url),
    _written(r"^\s*[hH][tT][tT][pP][sS]?://[^\s/]\S*\s*$", "https://example.org/feed.xml"),
]
HostPort = Annotated[
    tuple[str, int],
    BeforeValidator(quantities.host_port),
    _written(r"^\s*[^\s/@]+:\d+\s*$", "127.0.0.1:8900"),
]
WeeklyTime = Annotated[
    tuple[int, time],
    BeforeValidator(quantities.weekly),
    _written(r"^\s*[A-Za-z]{3,9}\s+([01]?\d|2[0-3]):[0-5]\d\s*$", "sunday 18:00"),
]
Count = Annotated[int, Field(strict=True, ge=1)]
Line = Annotated[str, Field(min_length=1, pattern=r"\S")]


Variable = Annotated[str, BeforeValidator(_variable)]


class Part(BaseModel):
    """A mapping of feeds.yaml: frozen, and closed to keys that nobody reads."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)
