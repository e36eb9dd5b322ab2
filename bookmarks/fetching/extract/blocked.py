"""Pages that stand in the way of the page asked for; import `is_blocked`."""

import re

from bookmarks.fetching.extract.text import joined

# Titles of challenges, consent screens and log-in walls, whole, in the form `joined` gives.
INTERSTITIAL_TITLES = frozenset(
    joined(title)
    for title in (
        "Just a moment...",
        "Attention Required! | Cloudflare",
        "Please Wait... | Cloudflare",
        "DDoS-Guard",
        "Access denied",
        "Access to this page has been denied",
        "Are you a robot?",
        "Are you human?",
        "Verify you are human",
        "Human Verification",
        "Security Check",
        "Security Checkpoint",
        "Vercel Security Checkpoint",
        "Robot Check",
        "Bot Verification",
        "Checking your browser",
        "Checking your browser before accessing",
        "One moment, please...",
        "Client Challenge",
        "Pardon Our Interruption",
        "Making sure you're not a bot!",
        "arXiv reCAPTCHA",
        "reCAPTCHA",
        "Captcha",
        "Before you continue",
        "Before you continue to YouTube",
        "Before you continue to Google Search",
        "Log in",
        "Login",
        "Sign in",
        "Sign in - Google Accounts",
        "Log in or sign up to view",
        "LinkedIn Login, Sign in | LinkedIn",
        "Sign Up | LinkedIn",
        "YouTube",
        "- YouTube",
        "X",
        "Twitter",
        "Instagram",
        "Facebook",
        "Log into Facebook",
        "Reddit - Please wait for verification",
        "Redirecting...",
        "Redirecting",
        "Loading...",
        "JavaScript is not available.",
        "JavaScript is required",
        "Enable JavaScript",
        "Page not found",
        "404 Not Found",
        "404",
        "Not Found",
        "Error",
        "403 Forbidden",
        "Forbidden",
        "429 Too Many Requests",
        "Too Many Requests",
        "503 Service Temporarily Unavailable",
    )
)
# Beginnings that no title of an article has.
INTERSTITIAL_START = re.compile(
    r"^(?:attention required! \| cloudflare|access to this page has been denied|"
    r"checking (?:if the site connection|your browser)|please verify you are (?:a )?human|"
    r"before you continue to|you have been blocked|sorry, you have been blocked|"
    r"error 40[34]\b|40[34](?: error)?\b\W*(?:page )?not found)",
    re.IGNORECASE,
)
# Scripts and forms of the challenges themselves; Cloudflare's .../scripts/ stand on real pages.
CHALLENGE = re.compile(
    r"cf-chl-|/cdn-cgi/challenge-platform/(?!scripts/)|_incapsula_resource|px-captcha", re.I
)
SHORT = 100


def is_blocked(titles: list[str], text: str, word_count: int, home: bool) -> bool:
    """Whether a page is an interstitial: by its title, or by a challenge on an all but empty page.

    `titles` are the page's own titles as they stand, `text` its source. On a site's home page a
    lone site name is the right title.
    """
    if any(INTERSTITIAL_START.match(title) for title in titles):
        return True
    if any(joined(title) in INTERSTITIAL_TITLES for title in titles) and not home:
        return True
    return word_count < SHORT and CHALLENGE.search(text[:200_000]) is not None
