"""What was found in place of the page asked for; import `find_obstacle`."""

import re

from bookmarks.fetching.extract.headline import is_site
from bookmarks.fetching.extract.kind import is_marked_article
from bookmarks.fetching.extract.main_text import MainText
from bookmarks.fetching.extract.page import Found, Page
from bookmarks.fetching.extract.site import SEPARATOR, site_keys
from bookmarks.fetching.extract.text import joined, words
from bookmarks.fetching.extract.walls import wall_named

# Beginnings that titles of articles hardly have.
CHALLENGE_START = re.compile(
    r"^(?:attention required! \| cloudflare|access to this page has been denied|"
    r"checking (?:if the site connection|your browser)|please verify (?:that )?you(?:'re| are) "
    r"(?:a )?human|(?:sorry, )?you have been blocked|you've been blocked|"
    r"verifying (?:your browser|you are human)|ddos-guard|anubis:|"
    r"access denied \| .{1,80} used cloudflare)",
    re.IGNORECASE,
)
CONSENT_START = re.compile(
    r"^before you continue to|^yahoo (?:is part of|ist teil|fait partie)", re.I
)
MISSING_START = re.compile(
    r"^(?:http )?(?:error )?404\b\W*(?:error\b|(?:page |file )?not found)", re.I
)
PARKED_TITLE = re.compile(
    r"\b(?:domain|domain name|website|site)(?: name)? (?:is|may be) for sale\b|\| hugedomains\b|"
    r"^[\w-]+(?:\.[\w-]+)+ (?:is (?:for sale|parked|available|te koop)|steht zum verkauf|"
    r"est à vendre|está en venta|è in vendita)\b|"
    r"\bdomain\w* (?:steht zum verkauf|est à vendre|está en venta|è in vendita|is te koop)\b|"
    # With the name in the midst: "Domain name.example ist zu verkaufen".
    r"^(?:\w+ ){0,3}(?:domain\w*|domein\w*|domín\w*|domini\w*|домен) [\w-]+(?:\.[\w-]+)+ "
    r"(?:is for sale|(?:ist|steht) zu[mr]? verkauf\w*|est à vendre|está (?:en|à) venta|"
    r"è in vendita|is te koop|este de vânzare|прода[её]тся)\b|"
    r"^域名 ?[\w-]+(?:\.[\w-]+)+ ?(?:出售|正在出售)",
    re.IGNORECASE,
)

CONSENT_HOST = re.compile(r"^(?:consent|guce|cookiewall|privacygate|myprivacy)\.|\.consent\.")
CHALLENGE_PATH = re.compile(r"^/sorry/(?:index)?|^/cdn-cgi/|/(?:captcha|challenge|px/captcha)/?$")
MISSING_PATH = re.compile(r"/(?:404|page-?not-?found|not-?found|error-?404)(?:\.\w{2,5})?/?$")
LOGIN_PATH = re.compile(
    r"/(?:log-?in|log-?on|sign-?in|sign-?on|sso|authenticate|authorize|authwall|accounts?/login|"
    r"users?/sign_in|sessions?/new|uas/login|checkpoint|connexion|anmelden)(?:/|\.\w{2,5}$|$)",
    re.IGNORECASE,
)

# Scripts and forms of the challenges themselves; Cloudflare's .../scripts/ stand on real pages.
_CHALLENGE = """
cf-chl- /cdn-cgi/challenge-platform/h/ /cdn-cgi/challenge-platform/orchestrate _incapsula_resource
px-captcha captcha-delivery.com /_sec/cp_challenge awswafintegration .token.awswaf.com
anubis_challenge /.within.website/ sucuri_cloudproxy validate.perfdrive.com
/.well-known/sgcaptcha /_fs-ch- kpsdk acw_sc__v2 aliyun_waf distil_r_captcha
ddos-guard/js-challenge /vercel/security/
"""
CHALLENGE = tuple(_CHALLENGE.split())
# What the companies that park domains put into their pages.
_PARKED = """
sedoparking.com parkingcrew.net bodiscdn.com parklogic.com hugedomains.com/domain_profile
dan.com/buy-domain afternic.com/forsale above.com/marketplace parking-lander window.park=
"/lander" domainmarket.com/buynow cashparking.com uniregistry.com/buy sedo.com/search/details
"""
PARKED = tuple(_PARKED.split())
MISSING_LINE = re.compile(
    r"^(?:sorry,? |oops!? |whoops!? )*(?:but )?(?:the|this|that) (?:requested )?"
    r"(?:page|url|content|document|item)[\w ,'’]{0,60} "
    r"(?:(?:does not|doesn['’]t|no longer) exists?|(?:can ?not|could not|can['’]t|couldn['’]t) "
    r"be found|was not found|is not available|isn['’]t available|has been (?:removed|deleted))"
    r"|^(?:die|diese) (?:\w+ )?seite [\w ,]{0,60}(?:nicht gefunden|existiert nicht)"
    r"|^(?:la|cette) page [\w ,'’]{0,60}(?:introuvable|n['’]existe)"
    r"|^(?:la|esta) página [\w ,]{0,60}no (?:existe|se encuentra|está disponible)",
    re.IGNORECASE,
)
_APP_ROOTS = "root app app-root __next __nuxt ___gatsby svelte react-root mount application"
APP_ROOTS = frozenset(_APP_ROOTS.split())
NEEDS_SCRIPT = re.compile(r"java\s?script", re.IGNORECASE)
A_URL = re.compile(r"(?:https?://|www\.)\S+$", re.IGNORECASE)

# What these sites call every page that they show without scripts; elsewhere it may be a title.
_LONE_NAMES = "x twitter instagram facebook threads discord slack notion quora bluesky linkedin"
LONE_NAMES = frozenset(_LONE_NAMES.split())

SHORT = 100  # words: challenges explain themselves in fewer
# Characters of prose up to which a page may be a wall: when it says itself to be an article, when
# its title or its heading names a wall, and when both do.
ARTICLE_PROSE, ONE_SIGN, TWO_SIGNS = 300, 900, 2_000
EMPTY = 200  # visible characters
SOURCE = 200_000


def find_obstacle(page: Page, facts: dict[str, Found], main: MainText, text: str) -> Found:
    """The obstacle that a page is, and by what it was known; nothing for the page asked for.

    `facts` hold the kind found, `text` is the page's source. Titles and headings
    count only on pages with little prose, so that an article about captchas stays one.
    """
    if named := _by_address(page):
        return named
    prose = sum(map(len, main.paragraphs))
    if prose > TWO_SIGNS:
        return Found()
    article = is_marked_article(page) or facts["kind"].value == "documentation"
    if (named := _by_start(page)) and not (article and prose > ARTICLE_PROSE):
        return named
    signs = _Signs(page)
    found = _by_name(page, signs, prose, article=article)
    if found or main.word_count >= SHORT:
        return found
    return _by_source(page, prose, text) or _by_emptiness(page, signs, prose)


class _Signs:
    """What the title and the headings of a page name."""

    def __init__(self, page: Page) -> None:
        self.keys = site_keys(page)
        self.title = page.title_element or page.meta.first("og:title", "twitter:title")
        headings = [one for one in page.body.named("h1") if not one.aside][:3]
        self.headings = [page.body.text(one) for one in headings]
        self.by_title = wall_named(self.title) or self._by_segment() or self._by_form()
        self.by_heading = next(filter(None, map(wall_named, self.headings)), "")
        # A title that names no page: nothing, the site, its host, an address.
        self.no_title = not self.title or is_site(self.title, self.keys) or _is_url(self.title)

    def _by_segment(self) -> str:
        """The wall that one segment names, when the others are the site's name or a few words."""
        parts = SEPARATOR.split(self.title)
        colon = any(part.strip() == ":" for part in parts[1::2])
        for part in parts[::2] if len(parts) > 1 else ():
            found = wall_named(part)
            # Alone, most words and the names of sites may be part of any title.
            long = len(words(part)) > 1 or not part.isascii() or found == "login" or "404" in part
            may_be_site = long and not colon and found != "script_only"
            others = [one for one in parts[::2] if one is not part]
            if found and all(
                is_site(one, self.keys) or wall_named(one) or (may_be_site and _is_short(one))
                for one in others
            ):
                return found
        return ""

    def _by_form(self) -> str:
        """The wall that a title is by its form, or by being the name of certain sites."""
        if MISSING_START.search(self.title):
            return "not_found"
        if joined(self.title) in LONE_NAMES & self.keys:
            return "script_only"
        return "parked" if PARKED_TITLE.search(self.title) else ""


def _is_short(segment: str) -> bool:
    """Whether a segment can be the name of a site."""
    return len(words(segment)) <= 4


def _is_url(title: str) -> bool:
    return A_URL.match(title) is not None


def _by_start(page: Page) -> Found:
    title = page.title_element
    for name, pattern in (
        ("challenge", CHALLENGE_START),
        ("consent", CONSENT_START),
    ):
        if title and pattern.search(title):
            return Found(name, "title")
    return Found()


def _by_address(page: Page) -> Found:
    """What the address was that the page came from in the end: a site's own name for its wall."""
    if CONSENT_HOST.search(page.host):
        return Found("consent", "address")
    return Found("challenge", "address") if CHALLENGE_PATH.search(page.path) else Found()


def _by_name(page: Page, signs: _Signs, prose: int, *, article: bool) -> Found:
    """A wall by what it is called; a missing page's suggestions may be long."""
    name = signs.by_title or (signs.by_heading if signs.no_title else "")
    if not name or (name == "script_only" and _is_own_front(page, signs)):
        return Found()
    both = signs.by_title == signs.by_heading == "not_found"
    most = TWO_SIGNS if both else ONE_SIGN
    if article:
        most = ARTICLE_PROSE
    return Found(name, "title" if signs.by_title else "h1") if prose <= most else Found()


def _is_own_front(page: Page, signs: _Signs) -> bool:
    return page.is_home and is_site(signs.title, signs.keys)


def _by_source(page: Page, prose: int, text: str) -> Found:
    """A wall by the scripts and forms that make one, on a page with little else."""
    start = text[:SOURCE].lower()
    if any(mark in start for mark in CHALLENGE):
        return Found("challenge", "script")
    if prose <= ONE_SIGN and any(mark in start for mark in PARKED):
        return Found("parked", "script")
    fields = (one.get("type").lower() for one in page.body.named("input"))
    if prose <= ARTICLE_PROSE and LOGIN_PATH.search(page.path) and "password" in fields:
        return Found("login", "form")
    return Found()


def _by_emptiness(page: Page, signs: _Signs, prose: int) -> Found:
    """A page without a title of its own that shows next to nothing."""
    if MISSING_PATH.search(page.path) and prose <= ONE_SIGN and not is_marked_article(page):
        return Found("not_found", "address")
    if not signs.no_title or page.meta.first("og:description", "description"):
        return Found()
    lines = [line.text for line in page.body.lines[:40]]
    if not page.is_home and any(map(MISSING_LINE.match, lines)):
        return Found("not_found", "text")
    visible = sum(map(len, lines))
    if any(signs.headings) or visible > EMPTY or (page.is_home and signs.title):
        return Found()
    if _is_app(page) or any(map(NEEDS_SCRIPT.search, lines)):
        return Found("script_only", "empty page")
    named_as_host = joined(signs.title).removeprefix("www") == joined(page.host)
    return Found("challenge", "title") if named_as_host else Found()


def _is_app(page: Page) -> bool:
    """Whether the body is a place for a script to draw into."""
    return any(
        one.name == "app-root" or one.get("id") in APP_ROOTS for one in page.body.elements[:200]
    )
