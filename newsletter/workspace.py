"""Finds and reads what the package ships and the workspace overrides, and hands it on as values."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from newsletter.errors import TemplateError
from newsletter.text.words import base_language

_TEMPLATES = frozenset({".j2", ".css", ".yaml"})  # what else lies there is not ours
_COMMON = 80  # words of a language that make up a third of all running text in it
# Tags of languages that wordfreq counts under another: wider ones, narrower ones, withdrawn ones.
_LISTED_AS = {
    "bs": "sh", "hr": "sh", "sr": "sh",
    "nn": "nb", "no": "nb",
    "in": "id", "iw": "he", "tl": "fil",
}  # fmt: skip
_PACKAGE = Path(__file__).resolve().parent


def word_frequencies(languages: Iterable[str]) -> Mapping[str, Mapping[str, float]]:
    """Return for each language how often its words occur in print, as shares of all words.

    The tables are wordfreq's small ones (words of at least one in a million). Languages that it
    counts as one share a table: Norwegian in both its forms; Bosnian, Croatian and Serbian. A
    language that has no table gets an empty one: its words then count as equally rare.
    """
    import wordfreq

    known = wordfreq.available_languages("small")
    tables: dict[str, Mapping[str, float]] = {}
    for language in languages:
        base = base_language(language)
        listed = _LISTED_AS.get(base, base)
        tables[language] = wordfreq.get_frequency_dict(listed, "small") if listed in known else {}
    return tables


def common_words(languages: Iterable[str] | None = None) -> Mapping[str, frozenset[str]]:
    """Return the commonest words of *languages*, of all that there are tables for if None."""
    import wordfreq

    known = wordfreq.available_languages("small")
    found: dict[str, frozenset[str]] = {}
    for language in sorted(set(known if languages is None else languages)):
        listed = _LISTED_AS.get(language, language)
        if listed in known:
            found[language] = frozenset(wordfreq.top_n_list(listed, _COMMON, wordlist="small"))
        wordfreq.get_frequency_list.cache_clear()  # or forty whole tables stay for eighty words
    return found


def client_support_data() -> Mapping[str, Any]:
    """Return which mail clients support which features of HTML and CSS.

    It is a selection of caniemail.com's data, which the package carries: `date` and `version` of
    the source, the `clients` by their keys with their names, and of each of the `features` by its
    slug the `title`, who lacks `support`, and the `notes` on that.
    """
    file = _PACKAGE / "data" / "caniemail.json"
    data: Mapping[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return data


def template_folders(workspace: Path) -> tuple[Path, ...]:
    """Return the folders to look for templates in, the one that wins first."""
    # A wheel carries templates/ inside the package, a checkout beside it.
    shipped = (_PACKAGE / "templates", _PACKAGE.parent / "templates")
    return (workspace / "templates", *(folder for folder in shipped if folder.is_dir()))


def read_templates(workspace: Path) -> Mapping[str, str]:
    """Return every template's text by its name, the workspace's own before the package's.

    Names are paths below `templates/` with forward slashes, such as `themes/modern.css`. A file of
    the package that the workspace has its own of is there too, below `package/`.

    Raises:
        TemplateError: a template cannot be read, or none was found at all.
    """
    found: dict[str, str] = {}
    for folder in template_folders(workspace):
        if not folder.is_dir():
            continue
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            if path.suffix not in _TEMPLATES or not path.is_file() or path.name.startswith("."):
                continue
            if name in found:
                name = f"package/{name}"
            try:
                found.setdefault(name, path.read_text(encoding="utf-8"))
            except UnicodeDecodeError as error:
                raise TemplateError(f"{path}: is not UTF-8 text: {error.reason}") from error
            except OSError as error:
                raise TemplateError(f"{path}: cannot be read: {error.strerror}") from error
    if not found:
        raise TemplateError("no templates were found; reinstall newsletter, or restore templates/")
    return found
