"""Slowing down guessing: how often something may be tried. Import `Limiter`s and `TooMany`.

Every try is counted before its outcome is known and given back when it was right, so that tries
made at once cannot slip past. Counted are the account, the address, both together, and everyone,
each in a window that begins with its first try and lasts a few minutes: whoever is refused may try
again soon, nobody is locked out (OWASP ASVS 5.0, 6.3.1). The order matters: an address that has
used up its own budget no longer reaches the account's, so that one stranger alone cannot
keep a person out; and a browser the person logged in with before has a budget of its own (OWASP,
"Slow Down Online Guessing Attacks with Device Cookies").
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from accounts.models import Attempts

# One statement, exact however many processes count at once; the same words do on SQLite
# (3.35 and later) and on PostgreSQL.
COUNT_UP = """
    INSERT INTO accounts_attempts (bucket, count, until) VALUES (%(bucket)s, 1, %(until)s)
    ON CONFLICT (bucket) DO UPDATE SET
        count = CASE WHEN accounts_attempts.until <= %(now)s THEN 1
                ELSE accounts_attempts.count + 1 END,
        until = CASE WHEN accounts_attempts.until <= %(now)s THEN excluded.until
                ELSE accounts_attempts.until END
    RETURNING count, until
"""


class TooMany(Exception):
    """Tried too often; `seconds` says when the next try is let through."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Too many tries. Wait {_in_words(seconds)}, then try again.")
        self.seconds = seconds


@dataclass(frozen=True)
class Bucket:
    """One thing counted, and how many tries it may have in its window."""

    digest: str
    limit: int


@dataclass(frozen=True)
class Limiter:
    """The budgets of one kind of try, each in tries per window of `seconds`."""

    kind: str
    seconds: int
    address: int
    everyone: int
    account: int = 0
    pair: int = 0  # one account from one address

    def count(self, address: str, account: str = "", device: str = "") -> "Try":
        """Count a try and return it; raise TooMany when one of the budgets is used up.

        `device` is a known browser's mark, from `accounts.devices`; it stands for all the rest.
        """
        counted: list[Bucket] = []
        if settings.RATE_LIMITS:
            for bucket in self._buckets(address, account, device):
                self._count_up(bucket)
                counted.append(bucket)
        return Try(counted)

    def _buckets(self, address: str, account: str, device: str) -> Iterable[Bucket]:
        place = _neighbourhood(address)
        if device:
            return [self._bucket(self.pair, "device", account, device)]
        buckets = [self._bucket(self.address, "address", place)]
        if account and self.pair:
            buckets.append(self._bucket(self.pair, "pair", account, place))
        if account and self.account:
            buckets.append(self._bucket(self.account, "account", account))
        return [*buckets, self._bucket(self.everyone, "everyone")]

    def _bucket(self, limit: int, *parts: str) -> Bucket:
        text = "\n".join((self.kind, *parts))
        digest = salted_hmac("accounts.throttle", text, algorithm="sha256").hexdigest()
        return Bucket(digest, limit)

    def _count_up(self, bucket: Bucket) -> None:
        now = int(time.time())
        with connection.cursor() as cursor:
            cursor.execute(
                COUNT_UP, {"bucket": bucket.digest, "now": now, "until": now + self.seconds}
            )
            count, until = cursor.fetchone()
        if count > bucket.limit:
            raise TooMany(max(1, until - now))


@dataclass(frozen=True)
class Try:
    """A try that was let through."""

    counted: list[Bucket]

    def give_back(self) -> None:
        """Take the try off the counts, because it was right."""
        with connection.cursor() as cursor:
            for bucket in self.counted:
                cursor.execute(
                    "UPDATE accounts_attempts SET count = count - 1"
                    " WHERE bucket = %s AND count > 0",
                    [bucket.digest],
                )


LOG_IN = Limiter("log in", seconds=300, address=20, everyone=1000, account=20, pair=8)
SIGN_UP = Limiter("sign up", seconds=3600, address=20, everyone=500)
RESET = Limiter("reset", seconds=3600, address=10, everyone=300, account=3)


def client_address(request: HttpRequest) -> str:
    """Return the address a request came from, as far as our own proxies vouch for it.

    Each proxy adds the address it was called from at the right of X-Forwarded-For; with PROXIES
    of them the client is that many entries from the right, and everything further left is
    whatever the client wrote. A header too short for that did not pass all of the proxies.
    """
    direct = str(request.META.get("REMOTE_ADDR", ""))
    if not settings.PROXIES:
        return direct
    entries = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if len(entries) < settings.PROXIES:
        return direct
    return entries[-settings.PROXIES].strip() or direct


def forget_old_attempts() -> int:
    """Delete the counts whose window is over and return how many there were."""
    count, _ = Attempts.objects.filter(until__lte=int(time.time())).delete()
    return count


def _neighbourhood(address: str) -> str:
    """Return what one subscriber holds: an IPv4 address, or a /64 of IPv6 (RFC 6177)."""
    try:
        ip = ip_address(address)
    except ValueError:
        return "unknown"  # a Unix socket, or a header that is no address: one budget for all
    if not isinstance(ip, IPv6Address):
        return str(ip)
    return str(ip.ipv4_mapped or ip_network((int(ip), 64), strict=False))


def _in_words(seconds: int) -> str:
    """Return a waiting time as people say it."""
    if seconds < 90:
        return f"{seconds} second{'' if seconds == 1 else 's'}"
    return f"{round(seconds / 60)} minutes"
