"""The JSON Schema of feeds.yaml says what `load` says."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from newsletter.cli.app import run
from newsletter.config.jsonschema import KEYS, json_schema
from newsletter.config.loading import read_settings
from newsletter.config.schema import known_keys
from newsletter.config.starting import fresh_files
from newsletter.errors import ConfigError

START = "title: T\nsections:\n  - name: S\n"
FEEDS = "    feeds: "

GOOD = {
    "bare feed": FEEDS + "[https://a.example/]",
    "whole feed": FEEDS
    + "[{url: 'http://a.example', name: A, weight: 2, enabled: false, full_text: always}]",
    "no name": FEEDS + "[{url: https://a.example/, name: }]",
    "seeds as text": "    seeds: s",
    "seeds as list": "    seeds: [s, t/]\n    feeds: []",
    "durations": "    seeds: s\nfetch: {timeout: 1.5 m, total: 2w, max_bytes: 15 mb, per_host: 1}",
    "private": "    seeds: s\nfetch: {allow_private: ['[::1]:80', 'intranet.example:8080']}",
    "schedule": "    seeds: s\nschedule: {publish: Sun 6:05, gather: 30s}",
    "sender": "    seeds: s\nsender: {name: N, address: a@b.example, postal_address: ''}\nurl:",
    "issue": "    seeds: s\n    stories: 3\nissue: {min_stories: 0, max_age: 14d}",
}
BAD = {
    "no source": "",
    "no feeds": FEEDS + "[]",
    "no scheme": FEEDS + "[a.example]",
    "other scheme": FEEDS + "[ftp://a.example/]",
    "weight": FEEDS + "[{url: https://a.example/, weight: 0}]",
    "words": FEEDS + "[{url: https://a.example/, weight: heavy}]",
    "enabled": FEEDS + "[{url: https://a.example/, enabled: 'no'}]",
    "full text": FEEDS + "[{url: https://a.example/, full_text: sometimes}]",
    "key": FEEDS + "[{url: https://a.example/, wieght: 1}]",
    "empty name": "    seeds: s\n  - name: ''\n    seeds: t",
    "no duration": "    seeds: s\nfetch: {timeout: 30}",
    "nothing": "    seeds: s\nfetch: {timeout: 0s}",
    "size": "    seeds: s\nfetch: {max_bytes: 15 MiB}",
    "private": "    seeds: s\nfetch: {allow_private: [localhost]}",
    "schedule": "    seeds: s\nschedule: {publish: monthly}",
    "count": "    seeds: s\nissue: {stories: 0}",
    "language": "    seeds: s\nlanguage: english please",
    "sender": "    seeds: s\nsender: {name: N}",
}


def fits(value: Any, schema: dict[str, Any], root: dict[str, Any]) -> bool:
    """Tell whether *value* is valid: as much of JSON Schema as ours uses."""
    if "$ref" in schema:
        return fits(value, root["$defs"][schema["$ref"].rsplit("/", 1)[-1]], root)
    if "anyOf" in schema and not any(fits(value, one, root) for one in schema["anyOf"]):
        return False
    kinds: dict[str, Any] = {
        "object": dict,
        "array": list,
        "string": str,
        "boolean": bool,
        "null": type(None),
        "integer": int,
        "number": (int, float),
    }
    kind = schema.get("type")
    if kind and not isinstance(value, kinds[kind]):
        return False
    if kind in {"integer", "number"} and isinstance(value, bool):
        return False
    match value:
        case dict():
            return _mapping_fits(value, schema, root)
        case list():
            items = schema.get("items", {})
            return len(value) >= schema.get("minItems", 0) and all(
                fits(one, items, root) for one in value
            )
        case str():
            return (
                len(value) >= schema.get("minLength", 0)
                and bool(re.search(schema.get("pattern", ""), value))
                and value in schema.get("enum", [value])
            )
        case int() | float():
            least, above = schema.get("minimum", value), schema.get("exclusiveMinimum")
            return value >= least and (above is None or value > above)
    return True


def _mapping_fits(value: dict[str, Any], schema: dict[str, Any], root: dict[str, Any]) -> bool:
    known = schema.get("properties", {})
    if not set(schema.get("required", [])) <= set(value):
        return False
    if schema.get("additionalProperties") is False and not set(value) <= set(known):
        return False
    return all(fits(value[key], known[key], root) for key in value if key in known)


def loads(text: str) -> bool:
    try:
        read_settings(text, "feeds.yaml")
    except ConfigError:
        return False
    return True


def is_valid(text: str) -> bool:
    schema = json_schema()
    return fits(YAML(typ="safe", pure=True).load(text), schema, schema)


@pytest.mark.parametrize("text", GOOD.values(), ids=GOOD)
def test_what_is_loaded_is_valid(text: str):
    assert loads(f"{START}{text}\n")

    assert is_valid(f"{START}{text}\n")


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
def test_what_is_refused_is_invalid(text: str):
    assert not loads(f"{START}{text}\n")

    assert not is_valid(f"{START}{text}\n")


def test_the_files_that_we_ship_are_valid():
    shipped = (Path(__file__).parent.parent / "feeds.yaml").read_text(encoding="utf-8")

    assert is_valid(shipped)
    assert is_valid(fresh_files("T")["feeds.yaml"])


def test_every_key_is_described():
    def walk(path: tuple[str, ...]) -> list[str]:
        found = []
        for key in known_keys(path):
            if known_keys((*path, key)) != known_keys(path):
                found += walk((*path, key))
            found.append(".".join((*path, key)))
        return found

    assert sorted(KEYS) == sorted(walk(()))


def test_the_command_prints_it(capsys: pytest.CaptureFixture[str]):
    assert run(["config", "schema"]) == 0

    printed = json.loads(capsys.readouterr().out)
    assert printed["$schema"].endswith("2020-12/schema")
    assert printed["$defs"]["FeedPart"]["properties"]["url"]["description"]
