"""What the parts of issue.json say of each other: ids that stand once, articles that are there."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from newsletter.issue.places import Path, path_text
from newsletter.issue.reading import shown

Found = tuple[Path, Any]  # a value and its path


def broken_references(
    data: Mapping[str, Any], at: Path = (), *, others: Sequence[Found] = ()
) -> Iterator[tuple[Path, str]]:
    """Yield each id that stands twice and each that names nothing, with its path and the fault.

    *data* is issue.json's object, whatever it holds: what is of another type is passed over. It
    stands *at* that path of its file; *others* are stories beside it whose ids are not to be its.
    """
    stories = [
        story
        for section in _objects((at, data), "sections")
        for story in _objects(section, "stories")
    ]
    stories += others
    yield from _twice(stories, "story")
    for story in stories:
        if isinstance(story[1].get("articles"), list):
            yield from _within(story, list(_objects(story, "articles")))


def _within(story: Found, articles: list[Found]) -> Iterator[tuple[Path, str]]:
    """Yield what is broken between a story and its articles."""
    if not articles:
        yield (*story[0], "articles"), "is empty; a story has at least one article"
    yield from _twice(articles, "article of this story")
    yield from _leads(articles)
    yield from _not_of_the_lead(story, articles)
    known = {one["id"] for _, one in articles if isinstance(one.get("id"), str)}
    for path, id_ in _named(story, articles):
        if isinstance(id_, str) and id_ not in known:
            yield path, f"{id_[:40]!r} is no article of this story"


def _twice(found: list[Found], what: str) -> Iterator[tuple[Path, str]]:
    first: dict[str, Path] = {}
    for path, one in found:
        id_ = one.get("id")
        if not isinstance(id_, str):
            continue
        if id_ in first:
            place = path_text(first[id_])
            yield (*path, "id"), f"{id_[:40]!r} is the id of another {what}, {place}"
        first.setdefault(id_, path)


def _leads(articles: list[Found]) -> Iterator[tuple[Path, str]]:
    leads = [path for path, one in articles if one.get("lead") is True]
    for path in leads[1:]:
        yield (*path, "lead"), f"another article leads this story already, {path_text(leads[0])}"


def _not_of_the_lead(story: Found, articles: list[Found]) -> Iterator[tuple[Path, str]]:
    """Yield the sentences by an editor's hand that are not with the story's lead."""
    leads = [one.get("id") for _, one in articles if one.get("lead") is True]
    leads = leads or [one.get("id") for _, one in articles[:1]]
    for path, sentence in _objects(story, "summary") if leads else ():
        if sentence.get("by_hand") is True and sentence.get("article_id") not in leads:
            what = f"is not {shown(leads[0])}: a sentence by hand stands with the story's lead"
            yield (*path, "article_id"), what


def _named(story: Found, articles: list[Found]) -> Iterator[Found]:
    """Yield every value of *story* that should be the id of one of its articles."""
    for path, article in articles:
        if article.get("copy_of") is not None:
            yield (*path, "copy_of"), article["copy_of"]
    for sentence in _objects(story, "summary"):
        yield (*sentence[0], "article_id"), sentence[1].get("article_id")
        yield from _values(sentence, "confirmed_by")
        for path, cite in _objects(sentence, "cites"):
            yield (*path, "article_id"), cite.get("article_id")
    for difference in _objects(story, "differences"):
        for said in _objects(difference, "said"):
            yield from _values(said, "article_ids")


def _objects(found: Found, key: str) -> Iterator[Found]:
    """Yield the objects of the list that an object has under *key*."""
    yield from ((path, one) for path, one in _values(found, key) if isinstance(one, Mapping))


def _values(found: Found, key: str) -> Iterator[Found]:
    path, parent = found
    values = parent.get(key)
    if isinstance(values, list):
        yield from (((*path, key, n), one) for n, one in enumerate(values))
