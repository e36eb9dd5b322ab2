"""The project's own source, parsed. Import `modules`, `Module`."""

import ast
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("accounts", "bench", "bookmarks", "config", "readinglists", "tests")
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One Python file."""

    path: Path

    @cached_property
    def name(self) -> str:
        """Return the dotted name."""
        parts = self.path.relative_to(ROOT).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @cached_property
    def text(self) -> str:
        """Return the source."""
        return self.path.read_text()

    @cached_property
    def tree(self) -> ast.Module:
        """Return the syntax tree."""
        return ast.parse(self.text)

    @cached_property
    def imports(self) -> frozenset[str]:
        """Return every dotted name that is imported, wherever in the file; modules as modules."""
        found = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                found |= {name.name for name in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found |= {as_module(node.module, name.name) for name in node.names}
        return frozenset(found)

    @cached_property
    def attributes(self) -> frozenset[str]:
        """Return every `name.attribute` that is used."""
        return frozenset(
            f"{node.value.id}.{node.attr}"
            for node in ast.walk(self.tree)
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
        )

    @cached_property
    def functions(self) -> tuple[Function, ...]:
        """Return every function and method."""
        return tuple(node for node in ast.walk(self.tree) if isinstance(node, Function))

    def is_in(self, *places: str) -> bool:
        """Tell whether it is one of the named modules, or in one of the named packages."""
        return is_in(self.name, *places)


def is_in(name: str, *places: str) -> bool:
    """Tell whether a dotted name is, or is inside, one of the places."""
    return any(name == place or name.startswith(f"{place}.") for place in places)


def as_module(module: str, name: str) -> str:
    """Return what `from module import name` loads: a module of ours in it, or the module."""
    place = ROOT.joinpath(*module.split("."), name)
    whole = place.with_suffix(".py").exists() or (place / "__init__.py").exists()
    return f"{module}.{name}" if whole else module


@cache
def modules(*rooms: str) -> tuple[Module, ...]:
    """Return the modules of the rooms, or of all; without migrations, which Django writes."""
    return tuple(
        Module(path)
        for room in rooms or ROOMS
        for path in sorted((ROOT / room).rglob("*.py"))
        if "migrations" not in path.parts
    )
