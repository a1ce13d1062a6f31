"""Tells news from reviews, opinion and features: by where they were filed, and by how they talk."""

import re
from collections import Counter
from collections.abc import Iterable
from operator import or_
from urllib.parse import urlsplit

from newsletter.model import Article, Genre, Story
from newsletter.summarise import wording
from newsletter.summarise.documents import Reading, Text
from newsletter.summarise.names import tokens_of
from newsletter.summarise.readability import QUOTED
from newsletter.summarise.wording import word_set

_READ = 15  # sentences that show how an article talks
_FEWEST = 5  # below which nothing is read off them
_PART = re.compile(r"[^\W\d_]+")

# Sections of a site and categories of a feed, in the languages of its readers.
_FILED: dict[Genre, frozenset[str]] = {
    "review": word_set(
        "review reviews rezension rezensionen kritik kritiken filmkritik critique critiques reseña "
        "reseñas resena resenas crítica críticas critica criticas recensione recensioni recensie "
        "recensies anmeldelse anmeldelser recension recensioner resenha resenhas"
    ),
    "opinion": word_set(
        "opinion opinions oped opeds commentary commentaries commentisfree editorial editorials "
        "column columns columnist columnists leitartikel kommentar meinung meinungen "
        "kolumne kolumnen debatte tribune tribunes chronique chroniques édito edito éditos opinión "
        "opiniones columnas editoriales opinione opinioni commento commenti editoriale editoriali "
        "opinie opinies columnisten opinião opiniões opiniao opinioes colunas debatt ledare "
        "meninger kronikk"
    ),
    "feature": word_set(
        "feature features longread longreads longform recipe recipes rezepte recettes recetas "
        "ricette recepten receitas howto tutorial tutorials quiz quizzes crossword crosswords "
        "horoscope horoscopes interview interviews reportage reportages "
        "reportajes podcast podcasts advice"
    ),
}
_NOT_FILED = word_set("news nachrichten")  # "news-features" is a section of news
# "Opinion | ...", "Review: ...", "... – review": a headline that says what it stands over.
_TITLED: tuple[tuple[Genre, re.Pattern[str]], ...] = (
    (
        "opinion",
        re.compile(
            r"^(?:opinion|op-ed|commentary|editorial|column|comment|letters?|kommentar|meinung"
            r"|kolumne|leitartikel|opinión|tribune|édito|opinione|opinie|opinião)\s?[:|–—]"
            r"|[|–—]\s?(?:opinion|op-ed|editorial|commentary|comment|column)\s*(?:[|–—]|$)",
            re.IGNORECASE,
        ),
    ),
    (
        "review",
        re.compile(
            r"^(?:(?:\w+ ){0,2}review|rezension|kritik|critique|reseña|crítica|recensione"
            r"|recensie)\s?[:|–—]|\breview\s[|–—-]\s|[|–—]\s?(?:\w+ )?review\s*$",
            re.IGNORECASE,
        ),
    ),
    (
        "feature",
        re.compile(
            r"^(?:how to\b|(?:the )?(?:\d+|five|six|seven|eight|nine|ten|twelve) (?:\w+ )?"
            r"(?:best|ways|reasons|tips|things|takeaways|facts|questions|steps|ideas|books|films"
            r"|movies|recipes|places)\b|the best\b|recipe\s?:|quiz\s?:|interview\s?:"
            r"|everything you need to know|what to (?:know|watch|read)\b|meet the\b|a guide to\b"
            r"|explainer\s?:|podcast\s?:|q&a\s?:)",
            re.IGNORECASE,
        ),
    ),
)
# What reviews talk about. A report on a film names it once or twice, a review in every sentence.
_WORKS = word_set(
    "film films movie movies novel novels album albums plot cast casting director directed "
    "screenplay script scenes character characters soundtrack sequel adaptation actor actress "
    "performance performances starring stars audience viewers readers cinematography protagonist "
    "gameplay songs tracks lyrics genre storyline comedy drama thriller"
)
_MANY_WORKS = 0.3
_REPORTED = 0.15  # share of attributed sentences that no report falls below often
_JUDGES, _OPINES = 0.2, 0.45
_SPEECH = 0.55
_ADDRESSES = 0.4


def genre_of(reading: Reading, story: Story) -> Genre:
    """Return what most of *story*'s articles are, "news" unless half of them agree on another.

    An article is what its URL, its categories or its title say. Without a word from them, an
    English one that attributes next to nothing is a review if it talks of plot and cast throughout,
    opinion if it judges or says "I" in every second sentence, a feature if it speaks to "you".
    News that passes for something else would lose its summary, so doubt is news.
    """
    if not reading.texts:
        return "news"
    known = {article.id: genre for article in story.articles if (genre := _declared(article))}
    counts = Counter(known.get(text.article.id) or _spoken(text) for text in reading.texts)
    genre, count = min(counts.items(), key=lambda item: (-item[1], item[0] == "news", item[0]))
    agree = 2 * count >= len(reading.texts) and (count > 1 or len(reading.texts) == 1)
    return genre if agree else "news"


def _declared(article: Article) -> Genre | None:
    path = urlsplit(article.url).path if article.url else ""
    folders = path.split("/")[1:-1]
    for filed in (*folders, *article.categories):
        genre = _filed(filed)
        if genre:
            return genre
    if path.rpartition("/")[2].startswith("opinion-"):
        return "opinion"
    return next((genre for genre, form in _TITLED if form.search(article.title)), None)


def _filed(name: str) -> Genre | None:
    """Return the genre of a section or category, named in one word or two."""
    parts = _PART.findall(name.casefold())
    if not parts or len(parts) > 2 or not _NOT_FILED.isdisjoint(parts):
        return None
    joined = {*parts, "".join(parts)}
    return next((genre for genre, names in _FILED.items() if names & joined), None)


def _spoken(text: Text) -> Genre:
    candidates = [c for c in text.candidates[:_READ] if c.english]
    if len(candidates) < _FEWEST:
        return "news"
    outside = [QUOTED.sub(" ", c.text) for c in candidates]
    if _share(not wording.ATTRIBUTION.isdisjoint(c.tokens.plain) for c in candidates) > _REPORTED:
        return "news"
    judging = [wording.opines(said, tokens_of(said).plain) for said in outside]
    on_works = _share(not _WORKS.isdisjoint(c.tokens.plain) for c in candidates)
    # News of the trade talks of films as much, and praises them less.
    if on_works >= _MANY_WORKS and _share(judging) >= _JUDGES:
        return "review"
    personal = [wording.FIRST_PERSON.search(said) is not None for said in outside]
    # A statement or a speech says "I" without judging, or hardly anything else.
    if (
        _share(judging) >= _JUDGES
        and _share(personal) <= _SPEECH
        and _share(map(or_, judging, personal)) >= _OPINES
    ):
        return "opinion"
    if _share(wording.SECOND_PERSON.search(said) is not None for said in outside) >= _ADDRESSES:
        return "feature"
    return "news"


def _share(found: Iterable[bool]) -> float:
    every = list(found)
    return sum(every) / len(every)
