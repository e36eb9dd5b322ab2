"""What values there are, how they are checked and described. Import the kinds and `Shape`.

Pure. The same declaration reads what is sent and says in OpenAPI what may be sent, so that the
description is true. Sentences of refusal are those of linkding where it has one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from bookmarks.formats.moments import iso_moment

Schema = dict[str, Any]
REQUIRED = "This field is required."


class BadValue(ValueError):
    """A value is none of its kind; `str()` is a sentence for the person."""


class Invalid(ValueError):
    """What was sent cannot be used; `errors` has sentences for each field that is wrong."""

    def __init__(self, errors: Mapping[str, Sequence[str]]) -> None:
        super().__init__(str(errors))
        self.errors = {name: list(sentences) for name, sentences in errors.items()}


class Kind(Protocol):
    """A kind of value."""

    def read(self, value: Any) -> Any:
        """Return what JSON says as it is used; raises `BadValue`."""

    def parse(self, text: str) -> Any:
        """Return what the text of a parameter says; raises `BadValue`."""

    def schema(self) -> Schema:
        """Return the kind in JSON Schema."""


@dataclass(frozen=True)
class Text:
    """A text of so many characters."""

    most: int = 0
    least: int = 0
    format: str = ""

    def read(self, value: Any) -> str:
        """Return the text."""
        if not isinstance(value, str):
            raise BadValue("Not a valid string.")
        if self.most and len(value) > self.most:
            raise BadValue(f"Ensure this field has no more than {self.most} characters.")
        if len(value) < self.least or (self.least and not value.strip()):
            raise BadValue("This field may not be blank.")
        return value

    parse = read

    def schema(self) -> Schema:
        """Return a string with its lengths."""
        lengths = {"maxLength": self.most, "minLength": self.least}
        said = {name: number for name, number in lengths.items() if number}
        return {"type": "string", **said, **({"format": self.format} if self.format else {})}


@dataclass(frozen=True)
class Flag:
    """True or false."""

    def read(self, value: Any) -> bool:
        """Return the flag."""
        if not isinstance(value, bool):
            raise BadValue("Must be a valid boolean.")
        return value

    def parse(self, text: str) -> bool:
        """Return whether the text says yes."""
        return text.strip().lower() in ("true", "1", "yes", "on")

    def schema(self) -> Schema:
        """Return a boolean."""
        return {"type": "boolean"}


@dataclass(frozen=True)
class Whole:
    """A whole number between two others."""

    least: int = 0
    most: int = 2**31 - 1

    def read(self, value: Any) -> int:
        """Return the number."""
        if not isinstance(value, int) or isinstance(value, bool):
            raise BadValue("A valid integer is required.")
        if not self.least <= value <= self.most:
            raise BadValue(f"Ensure this value is between {self.least} and {self.most}.")
        return value

    def parse(self, text: str) -> int:
        """Return the number of a text; one that is too large is cut down."""
        if not (text.isascii() and text.isdigit()) or len(text) > 18:
            raise BadValue("A valid integer is required.")
        return self.read(min(int(text), self.most))

    def schema(self) -> Schema:
        """Return an integer with its bounds."""
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


@dataclass(frozen=True)
class Choice:
    """One of some words."""

    words: tuple[str, ...]

    def read(self, value: Any) -> str:
        """Return the word."""
        if not isinstance(value, str) or value not in self.words:
            raise BadValue(f"Choose one of {', '.join(self.words)}.")
        return value

    parse = read

    def schema(self) -> Schema:
        """Return a string out of a list."""
        return {"type": "string", "enum": list(self.words)}


@dataclass(frozen=True)
class Moment:
    """A date and time in ISO 8601; in UTC where it names no zone."""

    def read(self, value: Any) -> datetime:
        """Return the moment in UTC."""
        try:
            return iso_moment(value)
        except (TypeError, ValueError):
            sentence = "Write a date and time such as 2024-05-17T12:00:00Z."
            raise BadValue(sentence) from None

    def parse(self, text: str) -> datetime:
        """Return the moment of a parameter, in which a "+" may have become a blank."""
        text = text.strip()
        return self.read(text.replace(" ", "+", 1) if "T" in text.upper() else text)

    def schema(self) -> Schema:
        """Return a string that is a date and time."""
        return {"type": "string", "format": "date-time"}


@dataclass(frozen=True)
class Many:
    """A list of values of one kind."""

    kind: Kind
    most: int = 0

    def read(self, value: Any) -> list[Any]:
        """Return the list."""
        if not isinstance(value, list):
            raise BadValue("Expected a list of items.")
        if self.most and len(value) > self.most:
            raise BadValue(f"These are {len(value)}; {self.most} are the most.")
        return [self.kind.read(one) for one in value]

    def parse(self, text: str) -> list[Any]:
        """Refuse: no parameter is a list."""
        raise BadValue(f"Expected a list of items, not {text[:20]!r}.")

    def schema(self) -> Schema:
        """Return an array."""
        most = {"maxItems": self.most} if self.most else {}
        return {"type": "array", "items": self.kind.schema(), **most}


@dataclass(frozen=True)
class Nothing:
    """Null, or a value of a kind where one is given."""

    kind: Kind | None = None

    def read(self, value: Any) -> Any:
        """Return the value or None."""
        return None if value is None or self.kind is None else self.kind.read(value)

    def parse(self, text: str) -> Any:
        """Return what the text says."""
        return self.kind.parse(text) if self.kind else None

    def schema(self) -> Schema:
        """Return the kind's schema or null."""
        if self.kind is None:
            return {"type": "null"}
        return {"anyOf": [self.kind.schema(), {"type": "null"}]}


@dataclass(frozen=True)
class Shape:
    """An object by its fields. As an answer it has all of them, as input the `required` ones."""

    name: str
    fields: Mapping[str, Kind]
    required: frozenset[str] = field(default_factory=frozenset)

    def read(self, value: Any, *, partly: bool = False) -> dict[str, Any]:
        """Return what is sent of the fields, raises `Invalid`; null counts as not sent."""
        if not isinstance(value, dict):
            raise Invalid({"non_field_errors": ["Send a JSON object."]})
        read: dict[str, Any] = {}
        errors: dict[str, list[str]] = {}
        for name, kind in self.fields.items():
            if value.get(name) is None:
                if name in self.required and not partly:
                    errors[name] = [REQUIRED]
                continue
            try:
                read[name] = kind.read(value[name])
            except BadValue as error:
                errors[name] = [str(error)]
        if errors:
            raise Invalid(errors)
        return read

    def parse(self, text: str) -> dict[str, Any]:
        """Refuse: no parameter is an object."""
        raise BadValue(f"Expected an object, not {text[:20]!r}.")

    def read_parameters(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return what parameters say; those that say nothing of their kind are left out.

        A required one that is missing raises `Invalid`, as does a text that is too long.
        """
        read: dict[str, Any] = {}
        errors: dict[str, list[str]] = {}
        for name, kind in self.fields.items():
            text = given.get(name)
            try:
                if text is not None:
                    read[name] = kind.parse(text)
            except BadValue as error:
                if isinstance(kind, Text):
                    errors[name] = [str(error)]
            if name in self.required and name not in read:
                errors.setdefault(name, [REQUIRED])
        if errors:
            raise Invalid(errors)
        return read

    def schema(self) -> Schema:
        """Return an answer of this shape."""
        fields = {name: kind.schema() for name, kind in self.fields.items()}
        return {"type": "object", "properties": fields, "required": list(fields)}

    def input_schema(self, *, partly: bool = False) -> Schema:
        """Return what may be sent of this shape."""
        fields = {
            name: kind.schema() if name in self.required and not partly else Nothing(kind).schema()
            for name, kind in self.fields.items()
        }
        required = [] if partly else sorted(self.required)
        return {"type": "object", "properties": fields, "required": required}
