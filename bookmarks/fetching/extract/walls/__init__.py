"""What pages that stand in the way call themselves, in many languages; import `wall_named`.

The phrases are in the files beside this one, one a line, a file for each obstacle of `PageFacts`.
"""

from pathlib import Path

from bookmarks.fetching.extract.text import joined, words

# In order of trust where a phrase is in several.
OBSTACLES = ("script_only", "parked", "not_found", "consent", "login", "challenge")
# Words that pages put around a phrase: "Oops! Error 404: Page not found".
_FILLERS = """
403 404 410 http https error errors code status oops ooops opps oh uh whoops hmm sorry ups hoppla
fehler entschuldigung leider erreur oups désolé erro errore ops fout fel feil fejl virhe błąd chyba
hiba eroare ошибка помилка грешка σφάλμα hata kesalahan lỗi 错误 錯誤 抱歉 很抱歉 对不起 對不起 哎呀
エラー 申し訳ありません 申し訳ございません 오류 죄송합니다 خطأ שגיאה خطا خطای perdón desculpe
"""
FILLERS = frozenset(_FILLERS.split())
MISSING = frozenset(("404", "410"))
LONGEST = 120


def _phrases() -> dict[str, str]:
    """The obstacle each phrase names, by the phrase's words run together."""
    folder = Path(__file__).parent
    return {
        joined(phrase): name
        for name in OBSTACLES
        for phrase in (folder / f"{name}.txt").read_text("utf-8").splitlines()
    }


PHRASES = _phrases()


def wall_named(text: str) -> str:
    """The obstacle whose title or heading `text` is, as a whole; "" when it is none.

    Case, marks and spaces do not matter, nor do numbers and excuses around the phrase.
    """
    if not text or len(text) > LONGEST:
        return ""
    all_words = words(text)
    found = PHRASES.get("".join(all_words), "")
    if found or not all_words:
        return found
    start, end = 0, len(all_words)
    while start < end and all_words[start] in FILLERS:
        start += 1
    while end > start and all_words[end - 1] in FILLERS:
        end -= 1
    if start == end:
        return "not_found" if MISSING.intersection(all_words) else ""
    return PHRASES.get("".join(all_words[start:end]), "")
