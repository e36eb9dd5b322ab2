"""The documents say what is so: paths, commands, variables and links in them exist."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands, load_command_class

from tests.source import ROOT

pytestmark = pytest.mark.once

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
OURS = ("accounts", "bookmarks", "config", "readinglists")
COMMANDS = sorted(name for name, app in get_commands().items() if str(app).split(".")[0] in OURS)
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
# A path in backticks that begins with one of our rooms.
ROOMS = "accounts|bench|bin|bookmarks|config|docs|readinglists|static|templates|tests"
PATH = re.compile(rf"(?<![\w/.:])((?:{ROOMS})/[\w/.-]*\w/?)")


def ids(page: Path) -> str:
    """Name a page in the names of the tests."""
    return str(page.relative_to(ROOT))


def anchors(page: Path) -> set[str]:
    """Return what links may name behind #, as code forges make it of headings."""
    headings = re.findall(r"^#+ (.*)$", FENCE.sub("", page.read_text()), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=ids)
def test_links_lead_somewhere(page: Path) -> None:
    broken = []
    for link in LINK.findall(FENCE.sub("", page.read_text())):
        place, _, anchor = link.partition("#")
        target = (page.parent / place).resolve() if place else page
        if re.match(r"[a-z]+:", link):
            continue  # elsewhere in the world
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=ids)
def test_paths_exist(page: Path) -> None:
    named = set(PATH.findall(page.read_text()))
    missing = [path for path in named if not (ROOT / path).exists()]
    # A path may be given from the room it is in, without its ending, or with more than one name.
    assert [path for path in missing if not list(ROOT.glob(f"{path}*"))] == []


@pytest.mark.parametrize("page", PAGES, ids=ids)
def test_commands_that_are_typed_exist(page: Path) -> None:
    typed = set(re.findall(r"manage\.py ([a-z_]+)", page.read_text()))
    assert typed - {"help", *get_commands()} == set()


def test_every_variable_is_documented_and_every_documented_one_is_read() -> None:
    source = (ROOT / "config" / "settings.py").read_text()
    read = set(re.findall(r"ENVIRONMENT\.\w+\(\s*\"([A-Z_]+)\"", source))
    told = set(re.findall(r"^\| `([A-Z_]+)` \|", running(), re.MULTILINE))
    assert told == read


def test_every_command_is_documented() -> None:
    told = re.findall(r"^\| `([a-z_]+)` \|", running(), re.MULTILINE)
    assert sorted(told) == COMMANDS


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_teaches_its_use(name: str) -> None:
    command = load_command_class(get_commands()[name], name)
    assert len(command.help) > 60


def test_variables_of_the_compose_file_are_documented() -> None:
    compose = (ROOT / "docker-compose.yml").read_text()
    for name in re.findall(r"\$\{([A-Z_]+)", compose):
        assert f"`{name}`" in running() or f"{name}=" in running()


def test_the_version_is_that_of_the_changelog() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", settings.VERSION)
    [first, *_] = re.findall(r"^## (.*)$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert first.split()[0] == settings.VERSION


def running() -> str:
    """Return the page for operators."""
    return (ROOT / "docs" / "running.md").read_text()


def test_the_map_of_rooms_names_every_module() -> None:
    rooms = ROOT.joinpath("docs/architecture.md").read_text().partition("## Who may import whom")[0]
    modules = [path for room in ("bookmarks", "readinglists") for path in (ROOT / room).iterdir()]
    names = {path.name + "/" * path.is_dir() for path in modules if path.name[0] != "_"}
    left_out = {name for name in names if not re.search(rf"(?<!\w){re.escape(name)}", rooms)}
    assert left_out == {"apps.py", "migrations/"}
