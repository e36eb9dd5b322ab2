"""Dates as pages write them, in a dozen languages; import `parse_date` and `parse_month`."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

# Nothing on the web is older than this; later than tomorrow it has not been published.
EARLIEST = date(1990, 1, 1)

_MONTHS = """
january february march april may june july august september october november december
jan feb mar apr may jun jul aug sep oct nov dec
jan febr mar apr may jun jul aug sept oct nov dec
januar februar märz april mai juni juli august september oktober november dezember
jänner feber maerz apr mai jun jul aug sep okt nov dez
janvier février mars avril mai juin juillet août septembre octobre novembre décembre
janv févr mars avr mai juin juil aout sept oct nov déc
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
ene feb mar abr may jun jul ago sep oct nov dic
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
gen feb mar apr mag giu lug ago set ott nov dic
janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
jan fev mar abr mai jun jul ago set out nov dez
januari februari maart april mei juni juli augustus september oktober november december
januari februari mars april maj juni juli augusti september oktober november december
januar februar marts april maj juni juli august september oktober november december
tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta
 lokakuuta marraskuuta joulukuuta
stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
ledna února března dubna května června července srpna září října listopadu prosince
января февраля марта апреля мая июня июля августа сентября октября ноября декабря
январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
januari februari maret april mei juni juli agustus september oktober november desember
"""
MONTHS: dict[str, int] = {}
for _year in _MONTHS.replace("\n ", " ").strip().splitlines():
    for _number, _name in enumerate(_year.split(), start=1):
        MONTHS.setdefault(_name, _number)

_NAMES = "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True))
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|ª)?"

_TIME = (
    r"(?:[T ]\s?(?P<time>[0-2]\d:[0-5]\d(?::[0-5]\d)?)(?:[.,]\d+)?\s?(?P<zone>Z|[+-]\d\d:?\d\d)?)?"
)
PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\d){_YEAR}[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})(?!\d){_TIME}",
        rf"(?<!\d){_YEAR}\s?[年년]\s?(?P<month>\d{{1,2}})\s?[月월]\s?(?P<day>\d{{1,2}})\s?[日일]?",
        rf"\b(?P<name>{_NAMES})\.?,?\s+{_DAY}(?!\d),?\s+(?:at\s+)?{_YEAR}(?!\d)",
        rf"(?<!\d){_DAY}\.?(?:\s+|-|/)(?:de\s+|of\s+)?(?P<name>{_NAMES})\.?,?(?:\s+|-|/)"
        rf"(?:de\s+|del\s+)?{_YEAR}(?!\d)",
        rf"(?<!\d){_YEAR}[\s-](?P<name>{_NAMES})[\s-]{_DAY}(?!\d)",
        rf"(?<![\d.])(?P<first>\d{{1,2}})(?P<mark>[./-])(?P<second>\d{{1,2}})(?P=mark){_YEAR}(?![\d.])",
        rf"(?<!\d){_YEAR}(?P<month>0[1-9]|1[0-2])(?P<day>[0-3]\d)(?!\d)",
    )
)
NAMED_MONTH = re.compile(rf"(?P<name>{_NAMES})\.?,?\s+(?:de\s+)?{_YEAR}", re.IGNORECASE)
NUMBERED_MONTH = re.compile(rf"{_YEAR}(?:[-/.](?P<month>0?[1-9]|1[0-2]))?(?:[-/.]0{{1,2}})?")
EPOCH = re.compile(r"(1\d{9})(?:\d{3})?(?:\.\d+)?")

# Places that write the month before the day in numbers; everywhere else it is the other way.
MONTH_FIRST = ("en-us", "en-ph", "en-ca", "en")


def parse_date(text: str, language: str = "") -> str:
    """The first date in a text as ISO 8601, "" when there is none that can be true.

    `language` decides what 03/04/2021 means. With a time of day in ISO form the time is kept, as
    "2021-03-04T05:06:07+01:00". Dates before 1990 or after tomorrow are taken for something else.
    """
    text = text[:400]
    epoch = EPOCH.fullmatch(text.strip())
    if epoch:
        return datetime.fromtimestamp(int(epoch[1]), UTC).isoformat().replace("+00:00", "Z")
    found = [(match.start(), iso) for match, iso in _readings(text, language) if iso]
    return min(found, key=lambda one: one[0])[1] if found else ""


def parse_month(text: str, *, named: bool = False) -> str:
    """A text that is a month and a year, or a year, as "2023-07" or "2023"; "" for any other text.

    With `named` only a month in letters counts: numbers alone may be anything on a page.
    """
    found = NAMED_MONTH.fullmatch(text.strip())
    if found:
        return f"{found['year']}-{MONTHS[found['name'].lower()]:02}"
    found = None if named else NUMBERED_MONTH.fullmatch(text.strip())
    if not found or int(found["year"]) > datetime.now(UTC).year:
        return ""
    return found["year"] + (f"-{int(found['month']):02}" if found["month"] else "")


def _readings(text: str, language: str) -> Iterator[tuple[re.Match[str], str]]:
    for pattern in PATTERNS:
        for match in pattern.finditer(text):
            yield match, _iso(match, language)


def _iso(match: re.Match[str], language: str) -> str:
    part = match.groupdict()
    day, month = _day_and_month(part, language)
    try:
        moment = date(int(part["year"]), month, day)
    except ValueError:  # 31/02, or a day of 0
        return ""
    if not EARLIEST <= moment <= datetime.now(UTC).date() + timedelta(days=1):
        return ""
    time, zone = part.get("time") or "", part.get("zone") or ""
    if time and zone and zone != "Z" and ":" not in zone:
        zone = f"{zone[:3]}:{zone[3:]}"
    return moment.isoformat() + (f"T{time}{zone.upper()}" if time else "")


def _day_and_month(part: dict[str, str | None], language: str) -> tuple[int, int]:
    if part.get("name"):
        return int(part["day"] or 0), MONTHS[(part["name"] or "").lower()]
    if not part.get("first"):
        return int(part["day"] or 0), int(part["month"] or 0)
    first, second = int(part["first"] or 0), int(part["second"] or 0)
    month_first = part["mark"] == "/" and (not language or language.lower() in MONTH_FIRST)
    if second > 12 or (month_first and first <= 12):
        return second, first
    return first, second
