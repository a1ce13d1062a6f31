"""Issues of every shape that Hypothesis can think of, whole as compose leaves them."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import strategies as st

from newsletter.model import (
    Cite,
    Counts,
    Dated,
    Difference,
    Earlier,
    Issue,
    Layout,
    Masthead,
    PrintedArticle,
    PrintedStory,
    Said,
    Section,
    Sender,
    Sentence,
    Sponsor,
    Status,
)

_TEXT = st.sampled_from(
    ["", "Rain", '"Größe" \\ / 🌧\n\t', "{{7*7}} <b>&amp;", "\u2028\u202e\u200b\x85", "雨", "null"]
)
_TEXTS = st.sampled_from([(), ("Rain",), ("Rain", "Wind")])
_LINK = st.sampled_from(
    [None, "https://ledger.example/a?b=%20", "http://harbour.example/", "https://zürich.example/ü"]
)
_MOMENT = st.datetimes(
    min_value=datetime(1970, 1, 2),  # noqa: DTZ001 - the zone is drawn beside it
    max_value=datetime(9999, 12, 30),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=45))]),
)
_WEEK = st.sampled_from(["2026-W01", "2026-W53", "1999-W09"])
_COUNT = st.integers(min_value=0, max_value=10**9)
_SCORE = st.floats(allow_nan=False, allow_infinity=False)
_SIZE = st.none() | st.integers(min_value=1, max_value=10_000)
_ARTICLE_ID = st.sampled_from(["first", "second"])  # every story has these two


def _few(some: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(some, max_size=2).map(tuple)


def _article(id_: str) -> st.SearchStrategy[PrintedArticle]:
    return st.builds(
        PrintedArticle,
        id=st.just(id_),
        url=_LINK,
        title=_TEXT,
        source=_TEXT,
        published=st.none() | _MOMENT,
        lead=st.just(id_ == "first"),
        copy_of=st.none() | _ARTICLE_ID,
        image=_LINK,
        image_width=_SIZE,
        image_height=_SIZE,
    )


_BY_HAND = st.builds(Sentence, text=_TEXT, article_id=st.just("first"), by_hand=st.just(value=True))
_SENTENCE = _BY_HAND | st.builds(
    Sentence,
    text=_TEXT,
    article_id=_ARTICLE_ID,
    confirmed_by=_few(_ARTICLE_ID),
    dates=_few(
        st.builds(
            Dated,
            span=_TEXT,
            date=st.sampled_from(["2026", "2026-02", "2026-02-28", "2026-W53"]),
        )
    ),
    cites=_few(st.builds(Cite, article_id=_ARTICLE_ID, text=_TEXT)),
)
_DIFFERENCE = st.builds(
    Difference,
    kind=st.sampled_from(["amount", "count", "percentage", "date", "time"]),
    about=_TEXT,
    said=_few(st.builds(Said, value=_TEXT, article_ids=_few(_ARTICLE_ID), sentence=_TEXT)),
)
_STORY = st.builds(
    PrintedStory,
    id=st.sampled_from("abcdef"),
    headline=_TEXT,
    summary=_few(_SENTENCE),
    articles=st.tuples(_article("first"), _article("second")),
    why=_TEXTS,
    score=_SCORE,
    reasons=_TEXTS,
    earlier=_few(
        st.builds(
            Earlier,
            issue_id=_WEEK,
            story_id=_TEXT,
            headline=_TEXT,
            publishes_at=_MOMENT,
            score=_SCORE,
        )
    ),
    new=_TEXTS,
    differences=_few(_DIFFERENCE),
    sure=st.booleans(),
    genre=st.sampled_from(["news", "review", "opinion", "feature"]),
    by=st.sampled_from(["extractive", "llm", "editor"]),
    by_hand=st.sampled_from([(), ("headline",), ("summary", "place", "lead")]),
)
_SENDER = st.builds(
    Sender,
    name=_TEXT,
    address=st.just("post@tideline.example"),
    postal_address=_TEXT,
    unsubscribe=st.sampled_from(["", "https://tideline.example/", "*|UNSUB|*"]),
)
_MASTHEAD = st.builds(
    Masthead,
    title=_TEXT,
    description=_TEXT,
    language=st.sampled_from(["en", "pt-BR", "zh_Hant"]),
    timezone=st.sampled_from(["UTC", "Asia/Kolkata"]),
    url=_LINK,
    sender=st.none() | _SENDER,
)


def _sections(stories: list[PrintedStory]) -> tuple[Section, ...]:
    return (
        Section(name="Technology", stories=tuple(stories[:1])),
        Section(name="Größe", stories=tuple(stories[1:])),
    )


def issues() -> st.SearchStrategy[Issue]:
    """Return issues of up to three stories, each of two articles that all it says rests on."""
    return st.builds(
        Issue,
        id=_WEEK,
        masthead=_MASTHEAD,
        status=st.sampled_from(Status),
        problems=_TEXTS,
        warnings=_TEXTS,
        since=st.just(datetime(1970, 1, 1, tzinfo=UTC)) | st.none(),
        until=_MOMENT,
        publishes_at=_MOMENT,
        generated_at=_MOMENT,
        counts=st.builds(Counts, articles=_COUNT, outlets=_COUNT, stories=_COUNT, chosen=_COUNT),
        sections=st.lists(_STORY, max_size=3, unique_by=lambda one: one.id).map(_sections),
        layout=st.builds(Layout, theme=_TEXT, images=st.sampled_from(["none", "lead", "all"])),
        intro=_TEXT,
        closing=_TEXT,
        note=_TEXT,
        sponsor=st.none() | st.builds(Sponsor, name=_TEXT, text=_TEXT, url=_LINK, link_text=_TEXT),
    )
