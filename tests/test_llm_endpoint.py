"""The endpoint that the settings name: its key, its proxy, and the client that asks it."""

import sys
from typing import Any

import pytest

from newsletter.errors import ConfigError
from newsletter.llm import Endpoint, open_endpoint

KEY = "sk-harbour-bridge-1962"


def opened(**settings: Any) -> Endpoint:
    known = {"base_url": "http://127.0.0.1:11434/v1/", "model": "tiny", "timeout_s": 60.0}
    return open_endpoint(
        **{**known, "api_key_env": None, "environment": {}, **settings},
    )


def test_a_key_is_taken_from_the_variable_that_the_settings_name():
    found = opened(api_key_env="HARBOUR_KEY", environment={"HARBOUR_KEY": f" {KEY}\n"})

    assert found.api_key == KEY
    assert found.base_url == "http://127.0.0.1:11434/v1"


@pytest.mark.parametrize(
    ("environment", "fault"),
    [
        ({"OPENAI_API_KEY": KEY}, "the environment variable HARBOUR_KEY is not set; set it"),
        ({"HARBOUR_KEY": " "}, "the environment variable HARBOUR_KEY is not set; set it"),
        ({"HARBOUR_KEY": f"{KEY}\r\nX: y"}, "what HARBOUR_KEY holds cannot be a key"),
        ({"HARBOUR_KEY": f"{KEY}é"}, "what HARBOUR_KEY holds cannot be a key"),
    ],
)
def test_a_key_that_is_missing_or_can_be_none_is_told_without_it(
    environment: dict[str, str], fault: str
):
    with pytest.raises(ConfigError) as found:
        opened(api_key_env="HARBOUR_KEY", environment=environment)

    assert fault in str(found.value)
    assert KEY not in str(found.value)


@pytest.mark.parametrize(
    ("base_url", "proxy"),
    [
        ("https://api.models.example/v1", "http://proxy.example:3128"),
        ("http://localhost:11434/v1", None),
        ("http://models.localhost:11434/v1", None),
        ("http://127.0.0.2:8000/v1", None),
        ("http://[::1]:8000/v1", None),
    ],
)
def test_a_proxy_is_for_other_machines_alone(base_url: str, proxy: str | None):
    proxies = {"http": "http://proxy.example:3128", "https": "http://proxy.example:3128"}

    found = opened(base_url=base_url, proxies=proxies)

    assert (found.proxy or "").rstrip("/") == (proxy or "")


def test_a_proxy_that_cannot_be_used_is_a_fault_of_the_settings():
    with pytest.raises(ConfigError, match=r"^summaries\.base_url: HTTPS_PROXY names a SOCKS proxy"):
        opened(base_url="https://models.example/v1", proxies={"https": "socks5://proxy.example:1"})


def test_without_the_client_the_way_to_it_is_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "openai", None)

    with pytest.raises(ConfigError, match=r"pip install 'newsletter\[openai\]'"):
        opened()
