"""Texts as YAML scalars: bare or quoted, always so that they are read back as the same text."""

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import ScalarNode

_STR = "tag:yaml.org,2002:str"
_PROBE = "k: {}\n"
_FLOW_PROBE = "{{k: {}, z: z}}\n"


def scalar(text: str, *, like: str | None = None, in_flow: bool = False) -> str:
    """Return *text* as a scalar on one line, in the quotes *like* (bare if None) where that holds.

    Where it does not, it comes in double quotes. *in_flow*: it is to stand within braces or
    brackets (YAML 1.2.2, 7.3.3).
    """
    if like == '"':
        return quoted(text)
    wanted = "'" + text.replace("'", "''") + "'" if like == "'" else text
    return wanted if _reads_back(wanted, text, in_flow=in_flow) else quoted(text)


def quoted(text: str) -> str:
    """Return *text* in double quotes, what cannot be seen written out (YAML 1.2.2, 5.7)."""
    return '"' + "".join(_written(char) for char in text) + '"'


def _written(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    if char.isprintable():
        return char
    code = ord(char)
    return (
        f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"
    )


def _reads_back(written: str, text: str, *, in_flow: bool) -> bool:
    if not text.isprintable():
        return False
    try:
        node = YAML(typ="rt").compose((_FLOW_PROBE if in_flow else _PROBE).format(written))
    except YAMLError:
        return False
    value = node.value[0][1]
    return isinstance(value, ScalarNode) and value.tag == _STR and value.value == text
