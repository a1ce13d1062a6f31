"""A story in an editor's words: her headline, her sentences, her picture."""

from collections.abc import Sequence
from dataclasses import replace

from newsletter.model import Edit, Offered, PrintedArticle, PrintedStory, Sentence
from newsletter.text.markup import one_line
from newsletter.text.sentences import sentences


def lead_of(story: PrintedStory) -> PrintedArticle:
    """Return the article that leads a story: the one that is marked so, else the first."""
    return next((one for one in story.articles if one.lead), story.articles[0])


def with_headline(story: PrintedStory, edit: Edit) -> PrintedStory:
    """Return *story* under the edit's headline."""
    return replace(story, headline=edit.text)


def with_summary(story: PrintedStory, edit: Edit) -> PrintedStory:
    """Return *story* with the edit's summary, each sentence with the article that it is from.

    A sentence that the story was composed with stays as it was; one that the edit knows to be an
    article's keeps it if that is still there; all others are the editor's.
    """
    composed = {one_line(one.text): one for one in story.summary}
    there = {article.id for article in story.articles}
    texts = sentences(edit.text)
    sources = edit.ids if len(edit.ids) == len(texts) else ("",) * len(texts)
    summary = tuple(
        composed[text]
        if text in composed
        else Sentence(text=text, article_id=source)
        if source in there
        else Sentence(text=text, article_id=lead_of(story).id, by_hand=True)
        for text, source in zip(texts, sources, strict=True)
    )
    by_hand = any(one.by_hand for one in summary)
    return replace(story, summary=summary, sure=True, by="editor" if by_hand else story.by)


def sources_of(
    text: str, story: PrintedStory, composed: PrintedStory, offered: Sequence[Offered]
) -> tuple[str, ...]:
    """Return the article that each sentence of *text* stands in, by id, "" for one of nobody's.

    Known are the sentences of *story* as it stands and as it was *composed*, and those *offered*.
    """
    known = {one_line(one.text): one.article_id for one in offered}
    for one in (*composed.summary, *story.summary):
        if not one.by_hand:
            known[one_line(one.text)] = one.article_id
    return tuple(known.get(sentence, "") for sentence in sentences(text))


def with_picture(story: PrintedStory, edit: Edit) -> PrintedStory:
    """Return *story* with the picture of the edit's URL alone, without any where that is ""."""
    return replace(
        story,
        articles=tuple(
            article
            if article.image == edit.text
            else replace(article, image=None, image_width=None, image_height=None)
            for article in story.articles
        ),
    )


def has_picture(story: PrintedStory, url: str) -> bool:
    """Return whether an article of *story* has the picture of that URL; all have none ("")."""
    return not url or any(article.image == url for article in story.articles)
