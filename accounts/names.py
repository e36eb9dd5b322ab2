"""Account names: how they are written, which are reserved, which are held after a deletion.

Import `check_name`. Names are ASCII so that no two look alike, and hold no colon, because an API
token is presented as NAME:HEX.
"""

import re
from datetime import timedelta

from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models import HeldName, User

HOLD = timedelta(days=90)
TAKEN = "This name is taken; choose another one."
RULE = "2 to 30 of the letters a–z, digits and underscores"

# Paths of the site and roles a stranger could be mistaken for.
_RESERVED_WORDS = """
    about abuse account accounts add admin administrator all anonymous anyone api app archive ask
    assets atom auth blog bookmark bookmarklet bookmarklets bookmarks cite contact css delete
    demo discover docs edit everyone explore export faq feed feeds favicon fork guest health help
    home hostmaster image images import index info invite invitation js json legal library
    list lists login logout logo mail mailer_daemon manage me media mod moderator myself network
    news nobody note notes null official oauth operator owner page pages password popular
    postmaster press privacy private profile public read recent register reset robots root rss save
    search security self session sessions settings signin signout signup site sitemap softmark
    softmarks staff starred static status support sysadmin system tag tags team terms tour undefined
    unread untagged untitled update url user username users v1 v2 verify void web webmaster you www
"""
RESERVED = frozenset(_RESERVED_WORDS.split())


class NameRefused(Exception):
    """A name that cannot be had; its text is the sentence for the person."""


class NameMalformed(NameRefused):
    """Not 2 to 30 of a-z, 0-9 and _."""


class NameReserved(NameRefused):
    """One of RESERVED."""


class NameTaken(NameRefused):
    """Somebody has it, or had it until lately."""


def fold_name(text: str) -> str:
    """Return a typed name as it is stored; raise NameMalformed.

    ASCII is asked for before folding: str.lower() makes a plain k of the Kelvin sign.
    """
    name = text.strip()
    if not re.fullmatch(r"[A-Za-z0-9_]{2,30}", name):
        raise NameMalformed(f"A name is {RULE}.")
    return name.lower()


def check_name(text: str) -> str:
    """Return a typed name as a new account may have it; raise NameMalformed or NameReserved."""
    name = fold_name(text)
    if name in RESERVED:
        raise NameReserved("This name is reserved; choose another one.")
    return name


def check_free(name: str) -> None:
    """Raise NameTaken when somebody has this folded name, or had it less than 90 days ago.

    Asked in this order: an account that is being deleted is seen until its hold can be.
    """
    if User.objects.filter(username=name).exists() or is_held(name):
        raise NameTaken(TAKEN)


def hold_name(name: str) -> None:
    """Keep a name from being taken for 90 days, so that nobody steps into a person's old links."""
    HeldName.objects.update_or_create(
        digest=_digest(name), defaults={"until": timezone.now() + HOLD}
    )


def is_held(name: str) -> bool:
    """Return whether an account of this name was deleted less than 90 days ago."""
    return HeldName.objects.filter(digest=_digest(name), until__gt=timezone.now()).exists()


def _digest(name: str) -> str:
    """Return a digest that tells nobody the name who does not hold the site's secret key."""
    return salted_hmac("accounts.names", name, algorithm="sha256").hexdigest()
