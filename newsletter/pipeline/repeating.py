"""Repeating: which paragraphs an outlet prints in articles that have nothing to do with them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from newsletter.model import Article, Recorded, Story
from newsletter.ports import Articles, Paragraphs
from newsletter.text.paragraphs import ParagraphHashes, digest_of, paragraph_hashes, weight

_BATCH = 1_000  # rows saved in one transaction
# Articles apart from the story. One alone may go on with its matter, and repeats what came before.
_ELSEWHERE = 2
_LOOKED_AT = 12  # articles with the paragraph, among which they are looked for


def repeated(
    stories: Sequence[Story], held: Sequence[Article], memory: Paragraphs
) -> Mapping[str, frozenset[int]]:
    """Return the paragraphs of articles of *stories* that their outlets print again and again.

    By article id, as hashes of `newsletter.text.paragraphs`; articles without any are left out. A
    paragraph is one of those if at least two more articles of the outlet have it that are neither
    of the same story nor versions of one another: such share most of their text. What another
    outlet prints counts for nothing: that is the text of an agency.

    What *memory* does not know yet of *held*, the articles of the window, is told to it.
    """
    _remember(held, memory)
    outlets = {article.outlet for story in stories for article in story.articles}
    printed = {
        outlet: _Printed(rows) for outlet, rows in memory.paragraphs(outlets).items() if rows
    }
    found: dict[str, frozenset[int]] = {}
    for story in stories:
        own = frozenset(article.id for article in story.articles)
        for article in story.articles:
            hashes = printed[article.outlet].repeated(article.id, own)
            if hashes:
                found[article.id] = hashes
    return found


def save_paragraphs(recorded: Recorded, articles: Articles, memory: Paragraphs) -> None:
    """Tell *memory* what was *recorded* new or changed, so that no build has to."""
    found = articles.by_id(recorded.new | recorded.changed)
    memory.save_paragraphs([_row(article) for article in found.values()])


class _Printed:
    """What an outlet printed: its articles' paragraphs, and the articles that each stands in."""

    def __init__(self, rows: Iterable[ParagraphHashes]) -> None:
        self._hashes = {row.article_id: row.hashes for row in rows}
        self._sizes = {
            article_id: sum(map(weight, hashes)) for article_id, hashes in self._hashes.items()
        }
        self._holders: dict[int, list[str]] = defaultdict(list)
        for article_id, hashes in self._hashes.items():
            for hash_ in hashes:
                self._holders[hash_].append(article_id)

    def repeated(self, article_id: str, own: Collection[str]) -> frozenset[int]:
        """Return those paragraphs of the article that stand in enough others, *own* left out."""
        return frozenset(
            hash_
            for hash_ in self._hashes.get(article_id, ())
            if len(self._holders[hash_]) > _ELSEWHERE
            and self._stands_apart(article_id, self._others(hash_, own))
        )

    def _others(self, hash_: int, own: Collection[str]) -> Iterator[str]:
        others = (holder for holder in self._holders[hash_] if holder not in own)
        return (holder for _, holder in zip(range(_LOOKED_AT), others, strict=False))

    def _stands_apart(self, article_id: str, others: Iterable[str]) -> bool:
        """Tell whether enough of *others* are versions neither of the article nor of each other."""
        apart = [article_id]
        for other in others:
            if not any(self._are_versions(other, known) for known in apart):
                apart.append(other)
                if len(apart) > _ELSEWHERE:
                    return True
        return False

    def _are_versions(self, first: str, second: str) -> bool:
        common = set(self._hashes[first]).intersection(self._hashes[second])
        shorter = min(self._sizes[first], self._sizes[second])
        return 2 * sum(map(weight, common)) > shorter


def _remember(held: Sequence[Article], memory: Paragraphs) -> None:
    known = memory.paragraph_digests()
    missing = [
        article
        for article in held
        if known.get(article.id) != digest_of(article.outlet, article.text)
    ]
    for start in range(0, len(missing), _BATCH):
        memory.save_paragraphs([_row(article) for article in missing[start : start + _BATCH]])


def _row(article: Article) -> ParagraphHashes:
    return ParagraphHashes(
        article_id=article.id,
        outlet=article.outlet,
        digest=digest_of(article.outlet, article.text),
        hashes=paragraph_hashes(article.text),
    )
