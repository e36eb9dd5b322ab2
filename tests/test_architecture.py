"""The house rules that a machine can hold: who imports whom, and how big things may be.

The rules are told in docs/architecture.md. A new module of `bookmarks` is put into LAYERS.
"""

import statistics
from collections.abc import Iterator

import pytest

from tests.source import ROOT, Function, Module, is_in, modules

pytestmark = pytest.mark.once

APPS = ("accounts", "bookmarks", "readinglists")

# From the ground up: a module imports from its own layer and from those above it in this list.
LAYERS: dict[str, tuple[str, ...]] = {
    "pure: no database, no request, no Django": (
        "bookmarklets",
        "carried",
        "cursors",
        "drafts",
        "fetching",
        "formats",
        "identities",
        "links",
        "mail_messages",
        "markup",
        "other_addresses",
        "own_facts",
        "shared_words",
        "source_words",
        "paths",
        "search.query",
        "tag_names",
        "wording",
    ),
    "models": ("models",),
    "helpers of the writer and the reader": (
        "clock_changes",
        "bulk_pages",
        "counting",
        "heat",
        "hosts",
        "inserting",
        "jobs",
        "keyset",
        "page_facts",
        "search",
        "tags",
        "texts",
        "turns",
    ),
    "the one writer, the one reader": (
        "bulk_storing",
        "bundles",
        "duplicates",
        "finding",
        "listing",
        "notes",
        "own_tags",
        "popular",
        "public_pages",
        "storing",
    ),
    "long work": (
        "account_copy",
        "alternates",
        "exporting",
        "forgetting",
        "health",
        "hub_pings",
        "import_drafts",
        "import_jobs",
        "import_reports",
        "import_retries",
        "importing",
        "merging",
        "outcomes",
        "pages",
        "queue_report",
        "recounting",
        "robots",
        "sample_data",
    ),
    "doors": ("mail_saving", "saving", "tasks"),
    "edges": (
        "admin",
        "api",
        "entries",
        "fact_words",
        "feeds",
        "fetch_words",
        "forms",
        "management",
        "open_graph",
        "templatetags",
        "views",
    ),
    "paths": ("export_urls", "import_urls", "note_urls", "urls"),
}
PURE = next(iter(LAYERS))
SPEAK_HTTP = (
    "bookmarks.api",
    "bookmarks.feeds",
    "bookmarks.templatetags",
    "bookmarks.views",
    "readinglists.api",
    "readinglists.feeds",
    "readinglists.views",
    "accounts.admin",
    "accounts.views",
    # What a request says of who sent it: the person, the known browser, the address.
    "accounts.http",
    "accounts.devices",
    "accounts.throttle",
)
OUTSIDE = ("requests", "urllib3", "http.client", "urllib.request")
GUARD = "bookmarks.fetching.guard"
SIGNALS = ("django.dispatch", "django.db.models.signals", "django.core.signals")
# In `tests` it is the PostgreSQL and Redis of the suite.
NAMES_THAT_SAY_NOTHING = {"utils", "helpers", "services", "core", "common", "misc"}


def layer_of(name: str) -> int | None:
    """Return the number of a module's layer, the most exact place deciding."""
    found = [
        (len(place), number)
        for number, places in enumerate(LAYERS.values())
        for place in places
        if is_in(name, f"bookmarks.{place}")
    ]
    return max(found)[1] if found else None


def imports_of_ours() -> Iterator[tuple[Module, str]]:
    """Yield every import of one app's module by another module of the apps."""
    for module in modules(*APPS):
        for name in sorted(module.imports):
            if is_in(name, *APPS, "config"):
                yield module, name


def test_apps_import_only_downwards() -> None:
    order = ("accounts", "bookmarks", "readinglists")
    wrong = [
        f"{module.name} imports {name}"
        for module, name in imports_of_ours()
        if is_in(name, *order)
        and order.index(name.split(".")[0]) > order.index(module.name.split(".")[0])
    ]
    assert wrong == []


def test_nobody_imports_the_machine_room() -> None:
    assert [
        f"{m.name} imports {name}" for m, name in imports_of_ours() if is_in(name, "config")
    ] == []


def test_every_module_of_bookmarks_has_a_layer() -> None:
    homeless = [
        module.name
        for module in modules("bookmarks")
        if module.name not in ("bookmarks", "bookmarks.apps") and layer_of(module.name) is None
    ]
    assert homeless == [], "put them into LAYERS"


def test_layers_import_only_downwards() -> None:
    wrong = [
        f"{module.name} imports {name}"
        for module, name in imports_of_ours()
        if (above := layer_of(module.name)) is not None
        and (below := layer_of(name)) is not None
        and below > above
    ]
    assert wrong == []


def test_pure_modules_know_no_django() -> None:
    pure = [m for m in modules("bookmarks") if layer_of(m.name) == list(LAYERS).index(PURE)]
    wrong = [
        f"{m.name} imports {name}" for m in pure for name in m.imports if is_in(name, "django")
    ]
    assert wrong == []


def test_imports_have_no_circles() -> None:
    graph = {module.name: module.imports for module in modules()}
    done: set[str] = set()

    def visit(name: str, way: tuple[str, ...]) -> None:
        assert name not in way, " imports ".join((*way[way.index(name) :], name))
        if name in graph and name not in done:
            for imported in sorted(graph[name]):
                visit(imported, (*way, name))
            done.add(name)

    for name in graph:
        visit(name, ())


def test_only_edges_see_requests() -> None:
    seers = [
        m.name for m in modules(*APPS) if any(is_in(name, "django.http") for name in m.imports)
    ]
    assert [name for name in seers if not is_in(name, *SPEAK_HTTP)] == []


def test_only_the_guard_opens_a_door_to_the_outside() -> None:
    # The tests ask their own servers on loopback.
    openers = [
        module.name
        for module in modules(*APPS, "config")
        if any(is_in(name, *OUTSIDE) for name in module.imports)
        or "socket.create_connection" in module.attributes
    ]
    assert [name for name in openers if name != GUARD] == []


def test_there_are_no_signals() -> None:
    assert [m.name for m in modules(*APPS) if any(is_in(n, *SIGNALS) for n in m.imports)] == []


def test_two_files_say_what_is_safe_html() -> None:
    signs = ("mark_safe", "SafeString(", "__html__", "Html(", "|safe }", "|safe|", "autoescape off")
    files = [*ROOT.joinpath("templates").rglob("*.html"), *(m.path for m in modules(*APPS))]
    found = [path for path in files if any(sign in path.read_text() for sign in signs)]
    # The other writes JSON for machines, with "<" and ">" as escapes.
    allowed = {"bookmarks/markup/html.py", "readinglists/sharing.py"}
    assert {str(path.relative_to(ROOT)) for path in found} <= allowed


def test_every_module_opens_with_a_sentence() -> None:
    silent = [m.name for m in modules() if m.tree.body and not first_line(m).endswith((".", ":"))]
    assert silent == []


def first_line(module: Module) -> str:
    """Return the first paragraph of a module's docstring, in one line."""
    [*body] = module.tree.body
    value = getattr(body[0], "value", None)
    text = getattr(value, "value", "")
    return " ".join(str(text).strip().partition("\n\n")[0].split())


def test_no_name_says_nothing() -> None:
    rooms = [module for module in modules() if not module.is_in("tests")]
    assert [m.name for m in rooms if NAMES_THAT_SAY_NOTHING & set(m.name.split("."))] == []


def test_files_have_at_most_400_lines() -> None:
    lengths = {str(m.path.relative_to(ROOT)): len(m.text.splitlines()) for m in modules()}
    assert {path: length for path, length in lengths.items() if length > 400} == {}


def length(function: Function) -> int:
    """Return the lines of a function."""
    assert function.end_lineno
    return function.end_lineno - function.lineno + 1


def test_functions_have_at_most_50_lines() -> None:
    long = {
        f"{module.name}.{function.name}": length(function)
        for module in modules()
        for function in module.functions
        if length(function) > 50
    }
    assert long == {}


def test_most_functions_are_short() -> None:
    lengths = [length(function) for module in modules() for function in module.functions]
    deciles = statistics.quantiles(lengths, n=10)
    assert statistics.median(lengths) <= 8
    assert deciles[-1] <= 25
