"""The language of linkding's searches. Import `parse_query`, `Query`, `BadQuery`.

Pure. Words and "phrases", `#tag`, `!unread`, `!untagged`, joined by `and` (or nothing), `or`, `not`
and parentheses. What does not fit together is taken as it is: a search always has an answer.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bookmarks.finding import Candidate, folded
from bookmarks.tag_names import fold_tag

Test = Callable[[Candidate], bool]

MOST_TERMS = 50
MOST_NESTED = 20
TOKEN = re.compile(r"""\s*(?:"((?:[^"\\]|\\.)*)"?|'((?:[^'\\]|\\.)*)'|([()])|([^\s()"]+))""")


class BadQuery(ValueError):
    """There is too much in a search; `str()` is a sentence for the person."""


@dataclass(frozen=True)
class Query:
    """What a search asks for: what every result must have, and a test of the rest."""

    labels: tuple[str, ...] = ()
    unread: bool = False
    untagged: bool = False
    test: Test | None = None


@dataclass(frozen=True)
class _Term:
    """A part of a search; `label` or `state` say that it is just that."""

    test: Test
    label: str = ""
    state: str = ""
    parts: Sequence["_Term"] = ()  # what all have to pass, for a part that is several


@dataclass
class _Tokens:
    """What is left of a search: pairs of a kind and a text."""

    left: list[tuple[str, str]]
    depth: int = field(default=0)

    def next_is(self, kind: str) -> bool:
        """Tell whether a token of this kind comes next."""
        return bool(self.left) and self.left[0][0] == kind


def parse_query(text: str) -> Query:
    """Return what a search asks for; raises `BadQuery` for more than 50 terms."""
    tokens = _Tokens([_token(match) for match in TOKEN.finditer(text)])
    if len(tokens.left) > MOST_TERMS:
        raise BadQuery(f"A search has {MOST_TERMS} terms at most.")
    terms: list[_Term] = []
    while tokens.left:
        terms += _flat(_either(tokens))
        if tokens.next_is(")"):
            tokens.left.pop(0)
    labels = tuple(dict.fromkeys(term.label for term in terms if term.label))
    states = {term.state for term in terms}
    rest = [term.test for term in terms if not term.label and not term.state]
    return Query(
        labels,
        unread="!unread" in states,
        untagged="!untagged" in states,
        test=all_of(rest) if rest else None,
    )


def all_of(tests: Sequence[Test]) -> Test:
    """Return a test that passes what all of them pass."""
    return lambda one: all(test(one) for test in tests)


def any_of(tests: Sequence[Test]) -> Test:
    """Return a test that passes what one of them passes."""
    return lambda one: any(test(one) for test in tests)


def has_tag(label: str) -> Test:
    """Return a test for a tag."""
    name = fold_tag(label)
    return lambda one: name in one.names


def inverse(test: Test) -> Test:
    """Return a test that passes what another does not."""
    return lambda one: not test(one)


def _token(match: re.Match[str]) -> tuple[str, str]:
    double, single, bracket, word = match.groups()
    if bracket:
        return bracket, bracket
    if word is None:
        phrase = double if double is not None else single or ""
        return "phrase", re.sub(r"\\(.)", r"\1", phrase)
    kind = word.lower()
    return (kind, word) if kind in ("and", "or", "not") else ("word", word)


def _flat(term: _Term) -> Sequence[_Term]:
    return term.parts or [term]


def _either(tokens: _Tokens) -> _Term:
    """Read alternatives, up to the end or a closing parenthesis."""
    terms = [_together(tokens)]
    while tokens.next_is("or"):
        tokens.left.pop(0)
        terms.append(_together(tokens))
    return terms[0] if len(terms) == 1 else _Term(any_of([term.test for term in terms]))


def _together(tokens: _Tokens) -> _Term:
    """Read what is asked for at once."""
    terms: list[_Term] = []
    while tokens.left and not (tokens.next_is("or") or tokens.next_is(")")):
        if tokens.next_is("and"):
            tokens.left.pop(0)
            continue
        terms += _flat(_single(tokens))
    if len(terms) == 1:
        return terms[0]
    return _Term(all_of([term.test for term in terms]), parts=terms)


def _single(tokens: _Tokens) -> _Term:
    """Read one term, with what negates it."""
    negative = False
    while tokens.next_is("not"):
        tokens.left.pop(0)
        negative = not negative
    if not tokens.left:
        return _word("not")
    kind, text = tokens.left.pop(0)
    if kind == "(" and tokens.depth < MOST_NESTED:
        tokens.depth += 1
        term = _either(tokens)
        tokens.depth -= 1
        if tokens.next_is(")"):
            tokens.left.pop(0)
    elif kind == "(":
        return _Term(lambda _: True)
    else:
        term = _word(text) if kind == "phrase" else _special(text)
    return _Term(inverse(term.test)) if negative else term


def _special(text: str) -> _Term:
    if text.startswith("#") and len(text) > 1:
        return _Term(has_tag(text[1:]), label=text[1:])
    if text.lower() == "!unread":
        return _Term(lambda one: one.unread, state="!unread")
    if text.lower() == "!untagged":
        return _Term(lambda one: not one.names, state="!untagged")
    return _word(text)


def _word(text: str) -> _Term:
    word = folded(text)
    return _Term(lambda one: word in one.text)
