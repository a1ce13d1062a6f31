"""feeds.yaml edited by command: what was meant changes, and not one byte besides."""

from pathlib import Path

import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter.config import load
from newsletter.config.editing import (
    with_enabled,
    with_feeds,
    with_seeds,
    with_url,
    without_feed,
)
from newsletter.config.loading import read_settings
from newsletter.config.scalars import scalar
from newsletter.config.writing import config_file
from newsletter.errors import EditError
from newsletter.model import Feed

HARBOUR = """\
title: The Tide  # for now
sections:

  - name: Harbour
    stories: 4
    feeds:  # by hand
      - https://ledger.example/feed  # daily
      # weekly ones
      - {url: "https://post.example/rss", name: The Post}
      - url: https://gull.example/atom
        name: "The Gull"

# the end
output: dist/
"""


def lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def changes(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that are gone, and those that came."""
    old, new = lines(before), lines(after)
    return [line for line in old if line not in new], [line for line in new if line not in old]


def a_feed(url: str, section: str = "Harbour", **more: object) -> Feed:
    return Feed(url=url, section=section, **more)  # type: ignore[arg-type]


def test_a_feed_is_added_in_the_style_of_its_neighbour():
    after = with_feeds(HARBOUR, [a_feed("https://new.example/f", name="The New: one")])

    assert changes(HARBOUR, after) == (
        [],
        ["      - url: https://new.example/f\n", '        name: "The New: one"\n'],
    )


def test_a_section_that_is_not_there_is_made_at_the_end_of_the_sections():
    after = with_feeds(HARBOUR, [a_feed("https://sky.example/f", section="Sky")])

    assert after.index("name: Sky") < after.index("# the end")
    assert [part.name for part in read_settings(after, "f").sections] == ["Harbour", "Sky"]


def test_a_feed_is_removed_with_its_lines_and_its_remark():
    assert changes(HARBOUR, without_feed(HARBOUR, "https://ledger.example/feed")) == (
        ["      - https://ledger.example/feed  # daily\n"],
        [],
    )
    assert changes(HARBOUR, without_feed(HARBOUR, "https://gull.example/atom")) == (
        ["      - url: https://gull.example/atom\n", '        name: "The Gull"\n'],
        [],
    )


def test_a_bare_url_becomes_a_mapping_when_it_is_disabled():
    after = with_enabled(HARBOUR, "https://ledger.example/feed", enabled=False)

    assert changes(HARBOUR, after)[1] == [
        "      - {url: https://ledger.example/feed, enabled: false}  # daily\n"
    ]


@pytest.mark.parametrize("url", ["https://post.example/rss", "https://gull.example/atom"])
def test_disabling_and_enabling_a_feed_gives_back_the_same_file(url: str):
    disabled = with_enabled(HARBOUR, url, enabled=False)

    assert disabled != HARBOUR
    assert with_enabled(disabled, url, enabled=True) == HARBOUR


def test_a_remark_on_why_a_feed_is_disabled_outlives_its_return():
    remark = HARBOUR.replace(
        'name: "The Gull"\n', 'name: "The Gull"\n        enabled: false  # since May\n'
    )

    after = with_enabled(remark, "https://gull.example/atom", enabled=True)

    assert changes(remark, after)[1] == ["        enabled: true  # since May\n"]


def test_a_moved_feed_keeps_all_but_its_url():
    after = with_url(HARBOUR, "https://post.example/rss", "https://post.example/new")

    assert changes(HARBOUR, after)[1] == [
        '      - {url: "https://post.example/new", name: The Post}\n'
    ]


def test_a_section_without_seeds_gets_a_folder():
    after = with_seeds(HARBOUR, "harbour", "seeds-harbour/")

    assert changes(HARBOUR, after) == ([], ["    seeds: seeds-harbour/\n"])


def test_the_only_source_of_a_section_is_not_removed():
    text = "title: T\nsections:\n  - name: S\n    feeds: [https://a.example/]\n"

    with pytest.raises(EditError, match="disable the feed instead"):
        without_feed(text, "https://a.example/")


def test_an_emptied_list_of_feeds_can_be_filled_again():
    text = (
        "title: T\nsections:\n  - name: S\n    seeds: s\n    feeds:  # all\n"
        "      - https://a.example/\n"
    )

    emptied = without_feed(text, "https://a.example/")

    assert emptied.endswith("    feeds: []  # all\n")
    assert with_feeds(emptied, [a_feed("https://b.example/", section="S")]).endswith(
        '    feeds:  # all\n      - {url: "https://b.example/"}\n'
    )


@pytest.mark.parametrize(
    ("listed", "grown"),
    [
        ("[https://a.example/]", "[https://a.example/, https://b.example/]"),
        ("[https://a.example/,]", "[https://a.example/, https://b.example/,]"),
        (
            "[\n      'https://a.example/', # a\n    ]",
            "[\n      'https://a.example/', # a\n      'https://b.example/',\n    ]",
        ),
        (
            "[\n      'https://a.example/' # a\n    ]",
            "[\n      'https://a.example/', # a\n      'https://b.example/'\n    ]",
        ),
    ],
    ids=["one line", "last comma", "lines with a last comma", "lines without"],
)
def test_a_list_in_brackets_grows_as_it_is_written(listed: str, grown: str):
    text = f"title: T\nsections:\n  - name: S\n    feeds: {listed}\n"

    after = with_feeds(text, [a_feed("https://b.example/", section="S")])

    assert after == text.replace(listed, grown)


def test_a_feed_that_is_there_already_is_refused():
    with pytest.raises(EditError, match="stands on line 7 already"):
        with_feeds(HARBOUR, [a_feed("http://www.ledger.example/feed/")])


def test_a_file_with_aliases_is_left_to_its_editor():
    text = """\
title: T
sections:
  - name: A
    feeds: &all [https://a.example/, https://b.example/]
  - name: B
    seeds: s
    feeds: &more
      - &one {url: https://c.example/, weight: &half 0.5}
      - {url: https://d.example/, weight: *half}
"""

    with pytest.raises(EditError, match="change it by hand"):
        without_feed(text, "https://c.example/")


def test_windows_line_ends_stay_and_are_used():
    text = HARBOUR.replace("\n", "\r\n")

    after = with_feeds(text, [a_feed("https://new.example/f")])

    assert after.replace("\r\n", "\n") == with_feeds(HARBOUR, [a_feed("https://new.example/f")])
    assert after.count("\r\n") == after.count("\n")


@settings(deadline=None)
@given(st.text(max_size=40), st.booleans(), st.sampled_from([None, '"', "'"]))
def test_any_text_written_as_a_scalar_is_read_back_as_itself(
    text: str, in_flow: bool, like: str | None
):
    from ruamel.yaml import YAML

    text = text.encode("utf-8", "ignore").decode("utf-8")  # halves of pairs are no text
    written = scalar(text, like=like, in_flow=in_flow)

    loaded = YAML(typ="rt").load(f"{{k: {written}, z: z}}" if in_flow else f"k: {written}\n")

    assert loaded["k"] == text


# -- any sequence of edits on any file


def entry(number: int, style: str) -> list[str]:
    url = f"https://f{number}.example/feed"
    return {
        "bare": [f"- {url}  # no. {number}"],
        "quoted": [f"- '{url}'"],
        "flow": [f'- {{url: "{url}", name: Outlet f{number}. , weight: 2}} # f{number}.'],
        "block": [f"- url: {url}", f"  name: Outlet f{number}.", f"  weight: 1.5  # f{number}."],
        "off": [f"- enabled: false # f{number}.", f"  url: {url}"],
    }[style]


@st.composite
def files(draw: st.DrawFn) -> str:
    """A feeds.yaml as people write it: styles mixed, remarks and blank lines between."""
    dash = draw(st.sampled_from(["", "  ", "    "]))
    remark = st.sampled_from([[], ["# a remark"], [""], ["", "# - an old entry", ""]])
    text, number = ["# head", "title: 'The ''Tide'''", "sections:"], 0
    for place in range(draw(st.integers(1, 3))):
        text += [*draw(remark), f"- name: Section {place}  # {place}", "  seeds: s" + str(place)]
        count = draw(st.integers(0, 4))
        if count and draw(st.booleans()):
            urls = [f"https://f{number + more}.example/feed" for more in range(count)]
            text.append(f"  feeds: [{', '.join(urls)}]")
            number += count
        elif count:
            text.append("  feeds:  # these")
            for _ in range(count):
                style = draw(st.sampled_from(["bare", "quoted", "flow", "block", "off"]))
                text += [f"  {dash}{line}" for line in draw(remark) + entry(number, style)]
                number += 1
    text += [*draw(remark), "output: there/"]
    end = draw(st.sampled_from(["\n", "\r\n"]))
    return end.join(text) + draw(st.sampled_from([end, ""]))


OPERATIONS = st.lists(
    st.tuples(
        st.sampled_from(["add", "add elsewhere", "remove", "enable", "disable", "move"]),
        st.integers(0, 30),
    ),
    max_size=4,
)


def edited(text: str, operation: str, number: int) -> tuple[str, str, int]:
    """The text after an operation, and the marks of the feeds and the number it concerned."""
    sections = read_settings(text, "f").sections
    feeds = [feed.url for section in sections for feed in section.feeds]
    if operation.startswith("add"):
        home = f"Section {number}" if operation == "add elsewhere" else sections[-1].name
        unused = next(n for n in range(100, 200) if f"f{n}." not in text)
        url = f"https://f{unused}.example/feed"
        name = f"Outlet f{unused}." if number % 2 else None
        return with_feeds(text, [a_feed(url, section=home, name=name)]), url, 1
    if not feeds:
        return text, "none", 0
    url = feeds[number % len(feeds)]
    match operation:
        case "remove":
            section = next(part for part in sections if url in {feed.url for feed in part.feeds})
            if len(section.feeds) == 1 and not section.seeds:
                return text, url, 0
            return without_feed(text, url), url, -1
        case "move":
            mark = url.split("//")[1].split(".")[0]
            return with_url(text, url, f"https://{mark}.example/{len(text)}"), url, 0
        case _:
            return with_enabled(text, url, enabled=operation == "enable"), url, 0


def unconcerned(text: str, url: str) -> list[str]:
    """The lines that an edit of *url* has no business with."""
    mark = url.split("//")[-1].split("example")[0]
    inline = [line for line in text.splitlines() if mark not in line and "feeds:" not in line]
    return [line for line in inline if line.strip() not in {"", "enabled: false", "enabled: true"}]


@settings(deadline=None, max_examples=examples(0.5))
@given(files(), OPERATIONS)
def test_any_sequence_of_edits_leaves_all_other_lines_as_they_are(
    text: str, operations: list[tuple[str, int]]
):
    for operation, number in operations:
        before = sum(len(part.feeds) for part in read_settings(text, "f").sections)

        after, url, more = edited(text, operation, number)

        kept = unconcerned(after, url)
        fresh_section = [line for line in kept if f"name: Section {number}" in line][-1:]
        known = unconcerned(text, url)
        assert kept == known or [line for line in kept if line not in fresh_section] == [
            line for line in known if line not in fresh_section
        ]
        assert sum(len(part.feeds) for part in read_settings(after, "f").sections) == before + more
        assert ("\r\n" in after) == ("\r\n" in text)
        text = after


# -- the file


def test_the_file_keeps_its_rights_its_link_and_its_mark(tmp_path: Path):
    real, link = tmp_path / "real.yaml", tmp_path / "feeds.yaml"
    real.write_bytes(b"\xef\xbb\xbf" + HARBOUR.encode())
    real.chmod(0o640)
    link.symlink_to(real)
    file = config_file(link)

    file.replace(without_feed(file.text, "https://ledger.example/feed"))

    assert link.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert real.read_bytes().startswith(b"\xef\xbb\xbftitle")
    assert len(load(link).feeds) == 2
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_file_that_somebody_else_changed_meanwhile_is_left_alone(tmp_path: Path):
    path = tmp_path / "feeds.yaml"
    path.write_text(HARBOUR)
    file = config_file(path)
    path.write_text(HARBOUR.replace("Tide", "Ebb"))

    with pytest.raises(EditError, match="changed by somebody else"):
        file.replace(without_feed(file.text, "https://ledger.example/feed"))

    assert "The Ebb" in path.read_text()
