"""A SAX driver over expat that gives a text in one piece: the standard one asks per character."""

from xml.parsers.expat import XMLParserType
from xml.sax import expatreader

_PIECE = 1 << 16  # characters handed over at a time


class BufferedExpat(expatreader.ExpatParser):
    """The standard library's driver, with expat's own buffer for text switched on."""

    def reset(self) -> None:
        """Make ready for a document."""
        super().reset()
        parser: XMLParserType = self._parser  # type: ignore[attr-defined] # typeshed leaves it out
        parser.buffer_text = True
        parser.buffer_size = _PIECE


def create_parser() -> BufferedExpat:
    """Return a new parser: what `xml.sax.make_parser` asks a driver for."""
    return BufferedExpat()
