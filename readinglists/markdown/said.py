"""What a line says of a paper besides its title: authors, venue, year, stars, number. Import
`year_in`, `looks_like_authors`, `venue_and_year`, `stars_in`, `number_in`.

Pure.
"""

import re

YEAR = re.compile(r"(?<![\d.])((?:19|20)\d\d)(?![\d])")
STARS = re.compile(r"(?::star2?:|⭐️?|🌟|★)+")
NUMBER = re.compile(
    r"\s*(?:\*\*)?\[(\d{1,4})\](?!\()(?:\*\*)?[.:)]?\s*|\s*\((\d{1,4})\)\s+|\s*(\d{1,4})[.)]\s+"
)
NAME = r"(?:[^\W\d_][\w.'’-]*\.?)"
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
    marks = "".join(STARS.findall(text))
    count = marks.count(":star") + marks.count("⭐") + marks.count("🌟") + marks.count("★")
    return min(count, 5), STARS.sub("", text)


def number_in(text: str) -> tuple[str, int]:
    """Return the number in brackets at the beginning of a line, and where the rest begins."""
    found = NUMBER.match(text)
    if not found:
        return "", 0
    return next(filter(None, found.groups())), found.end()


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
    text = text.replace("*", "").replace("\\\n", " ").replace("\\", "")
    plain = " ".join(text.split()).strip(" .,;:-–—()[]/|")
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
