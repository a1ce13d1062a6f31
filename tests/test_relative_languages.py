"""What "am Montag", "lundi" and "ayer" mean in an article of another language than English."""

from datetime import UTC, datetime

import pytest

from newsletter.summarise.dating.relative import dates_in

WEDNESDAY = datetime(2025, 1, 29, 12, tzinfo=UTC)


def dates(language: str, text: str) -> list[str]:
    """Return what is found, as "words = date"."""
    return [f"{d.span} = {d.date}" for d in dates_in(text, WEDNESDAY, language, "UTC")]


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("de", "Die Polizei teilte am Montag mit, der Hafen sei zu.", "Montag = 2025-01-27"),
        ("de", "Am Sonntagabend wurde ein Mann verletzt.", "Sonntagabend = 2025-01-26"),
        ("fr", "Le maire a démissionné lundi soir.", "lundi soir = 2025-01-27"),
        ("es", "El alcalde dimitió el martes.", "martes = 2025-01-28"),
        ("it", "Il sindaco si è dimesso lunedì.", "lunedì = 2025-01-27"),
        ("nl", "De burgemeester kwam maandagavond terug.", "maandagavond = 2025-01-27"),
        ("pt-BR", "O prefeito renunciou na segunda-feira.", "segunda-feira = 2025-01-27"),
    ],
)
def test_a_weekday_is_the_last_one_where_its_clause_looks_back(
    language: str, text: str, found: str
) -> None:
    assert dates(language, text) == [found]


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("de", "Der Landtag wird am Freitag abstimmen.", "Freitag = 2025-01-31"),
        ("fr", "Le tribunal se prononcera vendredi.", "vendredi = 2025-01-31"),
        ("es", "El juicio comenzará el viernes.", "viernes = 2025-01-31"),
        ("it", "Il processo inizierà venerdì.", "venerdì = 2025-01-31"),
        ("nl", "De rechter zal vrijdag beslissen.", "vrijdag = 2025-01-31"),
        ("pt", "O julgamento começará na sexta-feira.", "sexta-feira = 2025-01-31"),
    ],
)
def test_a_weekday_is_the_next_one_where_its_clause_looks_ahead(
    language: str, text: str, found: str
) -> None:
    assert dates(language, text) == [found]


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("de", "Die Fähre sank gestern.", "gestern = 2025-01-28"),
        ("fr", "La barque a coulé hier.", "hier = 2025-01-28"),
        ("es", "La ministra viajará mañana.", "mañana = 2025-01-30"),
        ("it", "Due operai sono morti ieri.", "ieri = 2025-01-28"),
        ("nl", "De veerboot zonk gisteren.", "gisteren = 2025-01-28"),
        ("pt", "O barco afundou ontem.", "ontem = 2025-01-28"),
        ("de", "Die Fähre sank in der vergangenen Woche.", "vergangenen Woche = 2025-W04"),
        ("fr", "La barque a coulé le mois dernier.", "le mois dernier = 2024-12"),
    ],
)
def test_yesterday_and_last_week_count_from_the_articles_day(
    language: str, text: str, found: str
) -> None:
    assert dates(language, text) == [found]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Der Markt war jeden Samstag voll."),
        ("de", "Am Montag, dem 27. Januar, begann der Prozess."),
        ("de", "Heute leben dort noch zwölf Familien."),
        ("fr", "Le musée était fermé le lundi."),
        ("fr", "La réunion a eu lieu lundi 27 janvier."),
        ("es", "El museo cerró los lunes por la mañana."),
        ("es", "El barco llegó esta mañana."),
        ("it", "Il mercato era chiuso di lunedì."),
        ("nl", "De markt was elke maandag open."),
        ("pt", "A feira abriu às segundas-feiras."),
        ("de", "Im Jahr 2012 siegte sie am Montag."),
    ],
)
def test_habits_mornings_and_dates_in_full_have_none(language: str, text: str) -> None:
    assert dates(language, text) == []


def test_a_weekday_without_a_verb_to_tell_its_way_has_no_date() -> None:
    assert dates("de", "Streik am Montag") == []
