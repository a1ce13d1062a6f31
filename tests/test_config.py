"""feeds.yaml: what it may say, and what an editor reads when it is wrong."""

from datetime import timedelta
from pathlib import Path

import pytest

from newsletter.cli.app import run
from newsletter.config import load, quantities
from newsletter.errors import ConfigError

GOOD = """\
title: The Tide
sections:
  - name: Harbour
    feeds: ["https://ledger.example/feed"]
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "feeds.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def faults_of(folder: Path, text: str) -> list[str]:
    path = written(folder, text)
    with pytest.raises(ConfigError) as caught:
        load(path)
    assert caught.value.exit_code == 2
    return [fault.removeprefix(f"{path}:") for fault in caught.value.faults]


def test_title_and_one_section_are_enough(tmp_path: Path):
    configuration = load(written(tmp_path, GOOD))

    assert [feed.url for feed in configuration.feeds] == ["https://ledger.example/feed"]
    assert configuration.settings.issue.stories == 12
    assert configuration.database_url == f"sqlite:///{tmp_path}/newsletter.db"
    assert configuration.output == tmp_path / "dist"


def test_every_key_of_a_feed_can_be_set(tmp_path: Path):
    text = GOOD.replace(
        '"https://ledger.example/feed"',
        "{url: 'https://ledger.example/feed', name: The Ledger, weight: 1.5, enabled: false}",
    )

    (feed,) = load(written(tmp_path, text)).feeds

    assert (feed.name, feed.weight, feed.enabled) == ("The Ledger", 1.5, False)


@pytest.mark.parametrize("seeds", ["seeds/", "[seeds/, notes]"])
def test_seeds_are_a_folder_or_a_list_of_them(tmp_path: Path, seeds: str):
    text = f"title: T\nsections:\n  - name: S\n    seeds: {seeds}\n"

    folders = load(written(tmp_path, text)).seed_folders

    assert [folder.path for folder in folders] == seeds.strip("[]").split(", ")


def test_all_faults_are_told_at_once_with_their_lines(tmp_path: Path):
    faults = faults_of(
        tmp_path,
        """\
title: 7
timzone: Europe/Berlin
timezone: Mars/Phobos
schedule: {publish: monthly, gather: 1}
issue: {stories: 0}
fetch: {max_bytes: 15 MiB, allow_private: [localhost]}
sender: {name: Me, address: nobody}
sections:
  - name: A
    feeds: ["ftp://a.example/x", {url: "b.example", wieght: 2}]
  - name: a
    feeds: [https://c.example/, "http://www.c.example"]
  - name: Empty
""",
    )

    assert [fault.split(":")[0] for fault in faults] == [
        "1", "2", "3", "4", "4", "5", "6", "6", "7", "10", "10", "10", "11", "12", "13",
    ]  # fmt: skip
    told = "\n".join(faults)
    for word in (
        "put it in quotes",
        "did you mean 'timezone'?",
        "'Mars/Phobos' is no time zone",
        "issues are weekly",
        "write a number and s, m, h, d or w",
        "write 1 or more",
        "is no size",
        "fetch.allow_private[0]",
        "name@example.org",
        "only https:// and http://",
        "has no scheme",
        "did you mean 'weight'?",
        "stands on line 9 already",
        "stands on line 12 already",
        "neither feeds nor seeds",
    ):
        assert word in told


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("- a\n- b\n", "no mapping"),
        ("title: 'x\n", "is not readable YAML"),
        ("title: a\ntitle: b\n", "duplicate key"),
        ("title: T\n", "sections: is missing"),
        ("title:\nsections: []\n", "has no value"),
    ],
    ids=["empty", "list", "open quote", "key twice", "no sections", "no value"],
)
def test_a_file_that_is_no_configuration_says_so(tmp_path: Path, text: str, said: str):
    assert any(said in fault for fault in faults_of(tmp_path, text))


def test_a_file_that_is_not_there_names_the_way_out(tmp_path: Path):
    with pytest.raises(ConfigError, match=r"name yours with --config, .* newsletter init DIR"):
        load(tmp_path / "none.yaml")


def test_the_environment_names_the_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NEWSLETTER_DATABASE", "postgresql+psycopg://db/news")

    assert load(written(tmp_path, GOOD)).database_url == "postgresql+psycopg://db/news"


def test_the_shipped_configuration_is_good():
    configuration = load(Path(__file__).parent.parent / "feeds.yaml")

    assert len(configuration.feeds) >= 12
    assert [folder.path for folder in configuration.seed_folders] == ["seeds/"]


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("30s", timedelta(seconds=30)),
        ("5m", timedelta(minutes=5)),
        ("1h", timedelta(hours=1)),
        ("14d", timedelta(days=14)),
        ("2w", timedelta(weeks=2)),
        ("1.5 h", timedelta(minutes=90)),
        ("40000d", timedelta(days=40_000)),
    ],
)
def test_durations_take_seconds_to_weeks(text: str, span: timedelta):
    assert quantities.duration(text) == span


@pytest.mark.parametrize("text", ["30", 30, "0s", "-1h", "1y", "h", None, "99999999999w"])
def test_what_is_no_duration_is_refused(text: object):
    with pytest.raises(ValueError, match=r"duration|more than nothing"):
        quantities.duration(text)


@pytest.mark.parametrize("text", ["sunday 25:00", "someday 18:00", "18:00", "s 18:00", 7])
def test_what_is_no_weekly_time_is_refused(text: object):
    with pytest.raises(ValueError, match=r"weekly time|time of day|weekday"):
        quantities.weekly(text)


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("127.0.0.1:8900", ("127.0.0.1", 8900)),
        ("[::1]:8900", ("::1", 8900)),
        ("Intranet.example:80", ("intranet.example", 80)),
    ],
)
def test_a_private_address_is_host_and_port(text: str, pair: tuple[str, int]):
    assert quantities.host_port(text) == pair


@pytest.mark.parametrize(
    "address",
    ["ä@c.de", "a..b@c.de", ".a@c.de", "a@c.de.", "a@b..c", "a@localhost", "a b@c.de", '"'],
)
def test_an_address_that_no_mail_can_carry_is_refused(tmp_path: Path, address: str):
    sender = f"sender: {{name: Me, address: {address!r}}}\n"

    (fault,) = faults_of(tmp_path, GOOD + sender)

    assert "is no e-mail address" in fault


@pytest.mark.parametrize("weight", ["true", "'2'", ".inf", "0", "-1"])
def test_a_weight_is_a_number_above_nothing(tmp_path: Path, weight: str):
    feed = f"{{url: 'https://ledger.example/feed', weight: {weight}}}"

    (fault,) = faults_of(tmp_path, GOOD.replace('"https://ledger.example/feed"', feed))

    assert "feeds[0].weight" in fault


def test_feeds_that_differ_in_their_parameters_are_two(tmp_path: Path):
    feeds = '"https://a.example/?feed=rss", "https://a.example/?feed=comments"'

    configuration = load(written(tmp_path, GOOD.replace('"https://ledger.example/feed"', feeds)))

    assert len(configuration.feeds) == 2


def test_a_folder_of_seeds_stands_once(tmp_path: Path):
    text = "title: T\nsections:\n  - name: S\n    seeds: [seeds/, ./seeds]\n"

    (fault,) = faults_of(tmp_path, text)

    assert "stands on line 4 already" in fault


@pytest.mark.parametrize("text", ["9" * 400 + "MB", "0B", "15", 15, "15 MiB"])
def test_what_is_no_size_is_refused(text: object):
    with pytest.raises(ValueError, match=r"size|byte"):
        quantities.size(text)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("theme: ../kiln", "is no name of a theme"),
        ("theme: nosuch", "there is no such theme"),
    ],
)
def test_a_theme_that_is_none_is_named(
    line: str, said: str, workspace: Path, capsys: pytest.CaptureFixture[str]
):
    config = workspace / "feeds.yaml"
    config.write_text(f"{config.read_text()}{line}\n")

    assert run(["config", "check"]) in {1, 2}

    assert said in capsys.readouterr().err
