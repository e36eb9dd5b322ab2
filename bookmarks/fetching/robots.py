"""What a site asks of robots: RFC 9309. Import `Robots`. Pure.

`*` stands for any characters and `$` at the end for the end, the longest matching path decides,
and of two as long `Allow` does (2.2.2). Patterns are compared piece by piece, never as regular
expressions, so that no file can make the comparison slow.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote_to_bytes, urlsplit

# What has to be read at least (2.5); what follows is not taken into account.
MAX_BYTES = 500 * 1024
# These mean something where they stand, so %2F is not the same as /.
KEPT_ENCODED = "/?#%*$"
RULES = {"allow": True, "disallow": False}


@dataclass(frozen=True)
class Rule:
    """One `Allow` or `Disallow` line, its path in the form that is compared."""

    allows: bool
    path: str

    @property
    def weight(self) -> tuple[int, bool]:
        """The longer path decides, and Allow when both are as long."""
        return len(self.path), self.allows


@dataclass(frozen=True)
class Robots:
    """The rules of one robots.txt that are meant for us."""

    rules: tuple[Rule, ...] = ()

    @classmethod
    def read(cls, text: str, agent: str) -> "Robots":
        """Return what a file says to the product named `agent`, or else to all robots.

        Groups that name the same robot are one (2.2.1). What is not understood is left out.
        """
        ours: list[Rule] = []
        everyones: list[Rule] = []
        named = False
        for agents, rules in _groups(text):
            if agent.lower() in agents:
                named = True
                ours += rules
            if "*" in agents:
                everyones += rules
        return cls(tuple(ours if named else everyones))

    def allows(self, url: str) -> bool:
        """Tell whether a URL of this site may be asked for. robots.txt itself always may."""
        parts = urlsplit(url)
        path = _literal((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
        if path == "/robots.txt":
            return True
        fitting = [rule for rule in self.rules if _matches(rule.path, path)]
        return max(fitting, key=lambda rule: rule.weight).allows if fitting else True


def _groups(text: str) -> Iterator[tuple[set[str], list[Rule]]]:
    """Yield the robots that each group is for, in lower case, and its rules."""
    agents: set[str] = set()
    rules: list[Rule] = []
    in_rules = False
    for key, value in _lines(text):
        if key == "user-agent":
            if in_rules:
                yield agents, rules
                agents, rules, in_rules = set(), [], False
            agents.add(_product(value))
        elif key in RULES and agents:
            in_rules = True
            if value:  # an empty path matches nothing
                rules.append(Rule(RULES[key], _pattern(value)))
    yield agents, rules


def _lines(text: str) -> Iterator[tuple[str, str]]:
    for line in _cut(text).removeprefix("\ufeff").splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        if colon:
            yield key.strip().lower(), value.strip()


def _cut(text: str) -> str:
    return text.encode()[:MAX_BYTES].decode(errors="ignore")


def _product(value: str) -> str:
    """Return the name of a product without its version: "Softmarks/1.0" is "softmarks"."""
    words = value.lower().partition("/")[0].split()
    return words[0] if words else ""


def _literal(path: str) -> str:
    """Return a path percent-encoded in one way, `*` and `$` included (2.2.2 and 2.2.3)."""
    return "".join(_one_way(path)).replace("*", "%2A").replace("$", "%24")


def _pattern(value: str) -> str:
    """Return the path of a rule, encoded likewise but for what has a meaning there."""
    end = "$" if value.endswith("$") else ""
    return "*".join(map(_literal, value.removesuffix("$").split("*"))) + end


def _one_way(path: str) -> Iterable[str]:
    place = 0
    while place < len(path):
        if path[place] == "%" and _is_octet(path[place + 1 : place + 3]):
            octet = unquote_to_bytes(path[place : place + 3])
            plain = octet.decode("ascii", errors="ignore")
            keep = not plain or plain in KEPT_ENCODED
            yield f"%{octet.hex().upper()}" if keep else quote(plain, safe="!&'()+,;=:@~")
            place += 3
        else:
            yield quote(path[place], safe="/?#%*$!&'()+,;=:@~")
            place += 1


def _is_octet(digits: str) -> bool:
    return len(digits) == 2 and all(digit in "0123456789abcdefABCDEF" for digit in digits)


def _matches(pattern: str, path: str) -> bool:
    """Tell whether a path begins as the pattern says, or is all of it when `$` ends it."""
    anchored = pattern.endswith("$")
    first, *others = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    if not others:
        return not anchored or path == first
    place = len(first)
    *middle, last = others
    for piece in middle:
        found = path.find(piece, place)
        if found < 0:
            return False
        place = found + len(piece)
    if anchored:
        return path.endswith(last) and len(path) - len(last) >= place
    return path.find(last, place) >= 0
