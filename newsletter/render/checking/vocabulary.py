"""Words that mails of many languages use for the same few things."""

import re

# Ways out of a list, as links word them or as their addresses spell them.
LEAVING = re.compile(
    r"unsubscri|opt[\s_-]?out|leave (?:this|the) list|manage (?:your )?(?:preferences|subscription)"
    r"|abmeld|abbestell|austragen|désabonn|desabonn|désinscri|desinscri"
    r"|dar(?:se|me)? de baja|cancelar (?:la |a )?(?:suscripci|subscri|assinatura|inscri)"
    r"|disiscri|annulla l.iscrizione|cancellati|afmeld|uitschrijv|avregistrer|avsluta prenum"
    r"|afmeld|avmeld|avslutt abonn|peruuta tilaus|wypisz|rezygn|zrezygn|odhlásit|odhlasit|odhlásiť"
    r"|leiratkoz|dezabon|отпис|відпис|διαγραφ|abonelikten|הסר|إلغاء الاشتراك|لغو اشتراک"
    r"|配信停止|登録解除|退订|取消订阅|取消訂閱|수신\s?거부|구독\s?취소|सदस्यता",
    re.IGNORECASE,
)

# Link texts that say that there is a link, and not where it leads.
_NAMELESS = """
    here|click here|click|tap here|this|this link|link|read|read more|read on|read now|more
    |more here|see more|show more|view more|learn more|find out more|more info|details|continue
    |continue reading|go|full story|read the full story|read article|source|open|see here|view
    |website|hier|hier klicken|klicken sie hier|mehr|mehr lesen|weiterlesen|weiter|mehr erfahren
    |mehr dazu|zum artikel|ici|cliquez ici|lire|lire la suite|lire plus|en savoir plus|plus|la suite
    |suite|aquí|haz clic aquí|haga clic aquí|leer más|más|ver más|saber más|seguir leyendo
    |aqui|clique aqui|leia mais|ler mais|mais|saiba mais|ver mais|qui|clicca qui|leggi|leggi tutto
    |leggi di più|continua a leggere|scopri di più|di più|klik hier|lees meer|lees verder|meer
    |här|klicka här|läs mer|mer|her|klik her|læs mere|mere|klikk her|les mer|tästä|lue lisää|lisää
    |tutaj|kliknij tutaj|czytaj dalej|czytaj więcej|więcej|zde|klikněte zde|více|číst dál|číst více
    |itt|kattintson ide|tovább|bővebben|aici|citește mai mult|click aici|тук|здесь|нажмите здесь
    |подробнее|читать далее|далее|читати далі|детальніше|εδώ|κάντε κλικ εδώ|περισσότερα
    |διαβάστε περισσότερα|buraya|buraya tıklayın|devamı|devamını oku|כאן|לחץ כאן|קרא עוד
    |هنا|اضغط هنا|اقرأ المزيد|المزيد|こちら|ここ|ここをクリック|続きを読む|もっと見る|詳細
    |这里|点击这里|阅读更多|更多|這裡|點擊這裡|閱讀更多|여기|더 보기|더보기|자세히|자세히 보기
"""
_NAMELESS_TEXTS = frozenset(text.strip() for text in _NAMELESS.split("|"))
_ORNAMENT = re.compile(r"^[\W_]+|[\W_]+$")


def is_nameless(text: str) -> bool:
    """Tell whether a link's *text* says nothing of where it leads: "here", "Read more …", a URL."""
    plain = _ORNAMENT.sub("", text).casefold()
    return plain in _NAMELESS_TEXTS or plain.startswith(("http://", "https://"))
