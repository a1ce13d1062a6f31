"""feeds.yaml edited as text: what is not concerned stays byte for byte, comments and order too."""

from collections.abc import Sequence
from typing import Any

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode

from newsletter.config.adding import feed_splices, new_section_splices
from newsletter.config.loading import read_settings, section_key
from newsletter.config.places import Pair, Places, Splice, pair_of, places, spliced, value_of
from newsletter.config.scalars import scalar
from newsletter.errors import ConfigError, EditError
from newsletter.model import Feed

_Plan = dict[str, Any]


def with_feeds(text: str, feeds: Sequence[Feed]) -> str:
    """Return *text* with *feeds* at the end of their sections, in the style of those beside them.

    A section that is not there is made, at the end.

    Raises:
        EditError: a feed is there already, or the text cannot be edited safely.
    """
    at, plan = _opened(text)
    sections = plan["sections"]
    known = {section_key(section["name"]): place for place, section in enumerate(sections)}
    grouped: dict[str, list[Feed]] = {}
    for feed in feeds:
        grouped.setdefault(section_key(feed.section), []).append(feed)
    splices: list[Splice] = []
    fresh: list[tuple[str, list[Feed]]] = []
    for key, group in grouped.items():
        if key in known:
            splices += feed_splices(at, at.sections.value[known[key]], group)
            sections[known[key]]["feeds"] += [_dumped(feed) for feed in group]
        else:
            name = group[0].section.strip()
            fresh.append((name, group))
            dumped = [_dumped(feed) for feed in group]
            sections.append({"name": name, "stories": None, "feeds": dumped, "seeds": []})
    if fresh:
        splices += new_section_splices(at, fresh)
    return _checked(at, splices, plan)


def without_feed(text: str, url: str) -> str:
    """Return *text* without the feed of that *url*; comments on lines of their own stay.

    Raises:
        EditError: it is not there, it is the last source of its section, or the text cannot be
            edited safely.
    """
    at, plan = _opened(text)
    sections = plan["sections"]
    i, j = _found(sections, url)
    section = sections[i]
    if len(section["feeds"]) == 1 and not section["seeds"]:
        raise EditError(
            f"{url} is the only source of the section {section['name']!r}, which needs one;"
            " disable the feed instead (newsletter feeds disable), or take the whole section out"
            " of the file by hand"
        )
    del section["feeds"][j]
    return _checked(at, _removal(at, at.sections.value[i], j), plan)


def with_enabled(text: str, url: str, *, enabled: bool) -> str:
    """Return *text* with the feed of that *url* enabled or disabled; as it is if it is so already.

    Raises:
        EditError: it is not there, or the text cannot be edited safely.
    """
    at, plan = _opened(text)
    sections = plan["sections"]
    i, j = _found(sections, url)
    if sections[i]["feeds"][j]["enabled"] is enabled:
        return text
    sections[i]["feeds"][j]["enabled"] = enabled
    node = _feed_node(at, i, j)
    if isinstance(node, ScalarNode):
        url_text = scalar(node.value, like=node.style, in_flow=True)
        put = f"{{url: {url_text}, enabled: false}}"
        return _checked(at, [(node.start_mark.index, at.end(node), put)], plan)
    pair = pair_of(node, "enabled")
    if pair is None:
        splice = _added_key(at, node, "enabled: false")
    elif enabled and (removal := _removed_key(at, node, pair)):
        splice = removal
    else:
        word = "true" if enabled else "false"
        splice = (pair[1].start_mark.index, at.end(pair[1]), word)
    return _checked(at, [splice], plan)


def with_url(text: str, url: str, new: str) -> str:
    """Return *text* with the feed of *url* at its *new* URL, all else about it as it was.

    Raises:
        EditError: it is not there, *new* is, or the text cannot be edited safely.
    """
    at, plan = _opened(text)
    sections = plan["sections"]
    i, j = _found(sections, url)
    sections[i]["feeds"][j]["url"] = new
    node = _feed_node(at, i, j)
    is_bare = isinstance(node, ScalarNode)
    value = node if is_bare else value_of(node, "url")
    around = value_of(at.sections.value[i], "feeds") if is_bare else node
    put = scalar(new, like=value.style, in_flow=bool(around.flow_style))
    return _checked(at, [(value.start_mark.index, at.end(value), put)], plan)


def with_seeds(text: str, section: str, folder: str) -> str:
    """Return *text* with *folder* as the seeds of *section*, which has none yet.

    Raises:
        EditError: there is no such section, it has seeds, or the text cannot be edited safely.
    """
    at, plan = _opened(text)
    sections = plan["sections"]
    keys = [section_key(one["name"]) for one in sections]
    if section_key(section) not in keys:
        raise EditError(f"there is no section {section!r}")
    i = keys.index(section_key(section))
    if sections[i]["seeds"]:
        raise EditError(f"the section {section!r} has seeds already")
    sections[i]["seeds"] = [folder]
    node = at.sections.value[i]
    old = pair_of(node, "seeds")
    written = scalar(folder, in_flow=bool(node.flow_style))
    if old:
        splice = (old[1].start_mark.index, at.end(old[1]), written)
    elif node.flow_style:
        splice = _added_key(at, node, f"seeds: {written}")
    else:
        line = " " * node.value[0][0].start_mark.column + f"seeds: {written}"
        splice = at.new_lines(at.end(value_of(node, "name")), [line])
    return _checked(at, [splice], plan)


def _opened(text: str) -> tuple[Places, _Plan]:
    """Return the places of *text*, and what it says as plain values that change as it does."""
    plan = _plan(text)  # refuses what is no configuration
    return places(text), plan


def _plan(text: str) -> _Plan:
    plan = read_settings(text, "feeds.yaml").model_dump()
    plan["sections"] = [
        {**section, "feeds": list(section["feeds"]), "seeds": list(section["seeds"])}
        for section in plan["sections"]
    ]
    return plan


def _checked(at: Places, splices: list[Splice], plan: _Plan) -> str:
    """Return the edited text if it says what was planned and nothing else."""
    text = spliced(at.text, splices)
    try:
        after = _plan(text)
    except ConfigError as error:
        if "is not readable YAML" in error.faults[0]:
            raise _unsafe() from error
        raise EditError(f"the file would not be good any more: {error.faults[0]}") from error
    if after != plan:
        raise _unsafe()
    return text


def _unsafe() -> EditError:
    return EditError(
        "the file is written in a way that is not edited safely by command (aliases, for one);"
        " change it by hand, then run: newsletter config check"
    )


def _dumped(feed: Feed) -> dict[str, Any]:
    return {
        "url": feed.url,
        "name": feed.name,
        "weight": feed.weight,
        "enabled": feed.enabled,
        "full_text": feed.full_text,
    }


def _found(sections: list[_Plan], url: str) -> tuple[int, int]:
    for i, section in enumerate(sections):
        for j, feed in enumerate(section["feeds"]):
            if feed["url"] == url:
                return i, j
    raise EditError(f"{url} is not in the file")


def _feed_node(at: Places, i: int, j: int) -> Any:
    return value_of(at.sections.value[i], "feeds").value[j]


def _removal(at: Places, section: MappingNode, j: int) -> list[Splice]:
    feeds: Any = value_of(section, "feeds")
    node = feeds.value[j]
    if not feeds.flow_style:
        dash = at.text.rindex("-", 0, node.start_mark.index)
        lines = at.without_lines(dash, at.end(node))
        if len(feeds.value) > 1:
            return [lines]
        key: Any = pair_of(section, "feeds")
        colon = at.text.index(":", at.end(key[0])) + 1
        return [(colon, colon, " []"), lines]
    if len(feeds.value) == 1:
        return [(feeds.start_mark.index, at.end(feeds), "[]")]
    if at.stands_alone(node):
        return [at.without_lines(node.start_mark.index, at.end(node))]
    if j + 1 < len(feeds.value):
        return [(node.start_mark.index, feeds.value[j + 1].start_mark.index, "")]
    return [(at.end(feeds.value[j - 1]), at.end(node), "")]


def _added_key(at: Places, mapping: Any, written: str) -> Splice:
    last_key, last_value = mapping.value[-1]
    end = max(at.end(last_key), at.end(last_value))
    if mapping.flow_style:
        return end, end, f", {written}"
    column = mapping.value[0][0].start_mark.column
    return at.new_lines(end, [" " * column + written])


def _removed_key(at: Places, mapping: Any, pair: Pair) -> Splice | None:
    """Return what takes the *pair* out of *mapping*, None if a remark hangs on it."""
    keys: list[Node] = [key for key, _ in mapping.value]
    place, start, end = keys.index(pair[0]), pair[0].start_mark.index, at.end(pair[1])
    rest = at.rest(pair[1])
    if rest and "#" in rest[0]:
        return None
    if place == 0:
        return (start, keys[1].start_mark.index, "") if len(keys) > 1 else None
    if not mapping.flow_style:
        return at.without_lines(start, end)
    return at.end(mapping.value[place - 1][1]), end, ""
