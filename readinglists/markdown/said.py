"""What a line says of a paper besides its title: authors, venue, year, stars, number. Import
`year_in`, `looks_like_authors`, `venue_and_year`, `stars_in`, `number_in`.

Pure.
"""

import re

YEAR = re.compile(r"(?<![\d.])((?:19|20)\d\d)(?![\d])")
# Not a count of stars that others gave: ⭐ 12K.
STARS = re.compile(r"(?::star2?:|⭐️?|🌟|★)+(?!\s*\d)")
STAR = re.compile(r"[⭐🌟★]|:star")
# The month an entry begins with: [2023/02], (2023-02).
DATE = re.compile(r"\s*[\[(]((?:19|20)\d\d)[/.-]\d{1,2}(?:[/.-]\d{1,2})?[\])](?!\()\s*")
WORD = r"(?:[^\W\d_a-zß-ÿ][\w.'’-]*|van|von|dan|de[nr]?|d[aiu]|la|le|bin)"
PERSON = rf"{WORD}(?:\s+{WORD}){{1,3}}"
PEOPLE = re.compile(rf"(?:and\s+)?{PERSON}(?:\s+(?:and|&)\s+{PERSON})*|et al\.?")
# What ends a title in a reference: where and when it was published.
PUBLISHED = re.compile(r"(?i:arxiv)\b.*|(?:19|20)\d\d\b.*|[A-Z][A-Z&]{2,}\W*")
SHORTEST_TITLE = 3
LONGEST_VENUE = 600
NUMBER = re.compile(
    r"\s*(?:\*\*)?\[(\d{1,4})\](?!\()(?:\*\*)?[.:)]?\s*|\s*\((\d{1,4})\)\s+|\s*(\d{1,4})[.)]\s+"
)
VENUE = re.compile(
    r"(preprint|arxiv|corr|nature|science|cell|pnas|jmlr|tmlr|tacl|tpami|pami|tnnls|neco"
    r"|icml|iclr|nips|neurips|n(?:eur)?ips|aistats|uai|colt|kdd|cikm|wsdm|www|sigir|recsys|acl|emnlp"
    r"|naacl|eacl|coling|conll|cvpr|iccv|eccv|wacv|bmvc|miccai|siggraph|aaai|ijcai|icra|iros|corl"
    r"|rss|interspeech|icassp|mlsys|osdi|sosp|nsdi|vldb|sigmod|icdm|ecml|acml|journal|proceedings"
    r"|conference|workshop|transactions|advances in|neural computation|technical report|ieee|acm"
    r"|springer|letters|review|magazine|press|thesis)\b",
    re.I,
)
SMALL = frozenset(
    (
        "and",
        "et",
        "al",
        "von",
        "van",
        "der",
        "de",
        "den",
        "la",
        "le",
        "di",
        "da",
        "del",
        "dos",
        "bin",
    )
)


def year_in(text: str) -> int | None:
    """Return the last year a text names, from 1900 to 2099."""
    found = YEAR.findall(text)
    return int(found[-1]) if found else None


def stars_in(text: str) -> tuple[int, str]:
    """Return how many stars a text gives, five at most, and the text without them."""
    if not STAR.search(text):
        return 0, text
    marks = "".join(STARS.findall(text))
    count = marks.count(":star") + marks.count("⭐") + marks.count("🌟") + marks.count("★")
    return min(count, 5), STARS.sub("", text)


def number_in(text: str) -> tuple[str, int]:
    """Return the number in brackets at the beginning of a line, and where the rest begins."""
    found = NUMBER.match(text)
    if not found:
        return "", 0
    return next(filter(None, found.groups())), found.end()


def date_in(text: str) -> tuple[int | None, int]:
    """Return the year of the month that a line begins with, and where the rest begins."""
    found = DATE.match(text)
    return (int(found[1]), found.end()) if found else (None, 0)


def title_in_reference(text: str) -> tuple[int, int] | None:
    """Return where the title is in "A. One, B. Two, Title, Venue, Year"; None for other words.

    One author alone could be a title as well, unless a year follows.
    """
    pieces = [(one.start(), one[0]) for one in re.finditer(r"[^,]+", text[:1000])]
    people = first = 0
    for _, piece in pieces:
        if not PEOPLE.fullmatch(piece.strip()):
            break
        people += 1 + len(re.findall(r"\band\b|&", piece.strip().removeprefix("and ")))
        first += 1
    if first == len(pieces) or not people or (people == 1 and not year_in(text)):
        return None
    last = first + 1
    while last < len(pieces) and not _is_published(pieces[last][1]):
        last += 1
    start = pieces[first][0]
    title = text[start : pieces[last][0] - 1 if last < len(pieces) else len(text)]
    start += len(title) - len(title.lstrip())
    title = re.split(r"\s[\[(]+\s*\Z|\.\s+(?=[A-Z\[(])", title.strip())[0].rstrip(" .,;:[(")
    return (start, start + len(title)) if len(title.split()) >= SHORTEST_TITLE else None


def _is_published(piece: str) -> bool:
    plain = piece.strip()
    return bool(plain.isupper() or PUBLISHED.fullmatch(plain.split(" ")[0])) or bool(
        VENUE.match(plain)
    )


def looks_like_authors(text: str) -> bool:
    """Tell whether a text is a list of names: capitalised words with commas or "and" between."""
    text = text.replace("\\", "").strip(" .*_,")
    if len(text) < 5 or ":" in text or "?" in text:
        return False
    if not ("," in text or " and " in text or "et al" in text or "&" in text):
        return False
    words = re.findall(r"[^\W\d_][\w.'’*-]*", text)
    small = [word for word in words if word[:1].islower() and word not in SMALL]
    return bool(words) and len(small) <= len(words) // 12


def venue_and_year(text: str) -> tuple[str, int | None] | None:
    """Return the venue and year a text consists of; None where it says something else."""
    if len(text) > LONGEST_VENUE:
        return None
    text = text.replace("*", "").replace("\\\n", " ").replace("\\", "")
    plain = " ".join(text.split()).strip(" .,;:-–—()[]/|")
    plain = re.sub(r"\A[Ii]n:? (?=[A-Z])", "", plain)
    if not plain or len(plain) > 250:
        return None
    year = year_in(plain)
    venue = re.sub(r"\(\s*\)", "", _without_date(plain)).strip(" .,;:-–—()[]/|")
    known = VENUE.search(venue)
    if not venue or len(re.findall(r"[^\W\d_]", venue)) < 2:
        return ("", year) if year else None
    if known or (year and len(venue) <= 60 and venue[:1].isupper()):
        return _unique(venue), year
    return None


def _without_date(text: str) -> str:
    """Return a text without the date at its end: "2021.11", "19 Jun 2020", "(2015)"."""
    months = r"jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*"
    date = (
        rf"(?:\d{{1,2}}\s+)?(?:(?:{months})\.?,?\s+)?(?:\d{{1,2}},\s*)?\(?(?:19|20)\d\d"
        r"(?:[./-]\d{1,2}){0,2}\)?"
    )
    return re.sub(rf"[\s,.;(]*\b{date}\s*[.)]*\Z|\({date}\)", "", text, flags=re.I)


def _unique(venue: str) -> str:
    """Return a venue that stands there twice ("Preprint. Preprint") once."""
    pieces = [piece.strip() for piece in venue.split(". ")]
    return pieces[0] if len(set(pieces)) == 1 else venue
