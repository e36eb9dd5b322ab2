"""What the supervisor runs. Import `Plan` and `Program`; standard library only."""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Program:
    """One program; without an `essential` one at the start there is no use in going on."""

    name: str
    command: tuple[str, ...]
    essential: bool = False


@dataclass(frozen=True)
class Plan:
    """The programs, and where the web server answers; then `announcement` is printed.

    Stopping takes at most `grace` seconds.
    """

    programs: tuple[Program, ...]
    host: str
    port: int
    announcement: str
    grace: float

    def to_json(self) -> str:
        """Return the plan as text for a command line."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Plan":
        """Return the plan that `to_json` wrote."""
        fields = json.loads(text)
        programs = tuple(
            Program(each["name"], tuple(each["command"]), each["essential"])
            for each in fields.pop("programs")
        )
        return cls(programs=programs, **fields)
