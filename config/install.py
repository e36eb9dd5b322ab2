"""The virtual environment with the pinned requirements in it. Import `install`; standard library.

What was installed is noted in stamps beside it, one hash a requirements file; while they are
right, nothing is done at all.
"""

import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from config import processes

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
NO_VENV = (
    "This Python cannot make virtual environments: install its venv module"
    " (Debian, Ubuntu: apt install python3-venv), or put uv on the PATH."
)
NOT_INSTALLED = "The requirements could not be installed; the reason is in the lines above."


def install(*names: str) -> Path:
    """Put the named requirements files into .venv unless they are there; return its Python.

    Raises SystemExit with one sentence when that cannot be done.
    """
    with only_one_at_a_time():
        wanted = {stamp_place(name): stamp_text(name) for name in names}
        if not PYTHON.exists() or any(read(place) != text for place, text in wanted.items()):
            if not fits(PYTHON):
                make_venv()
            say(f"Installing {' and '.join(names)} into {VENV} ...")
            if processes.run(installer(names), env=os.environ | {"PIP_ROOT_USER_ACTION": "ignore"}):
                raise SystemExit(NOT_INSTALLED)
            for place, text in wanted.items():
                place.write_text(text)
    return PYTHON


@contextmanager
def only_one_at_a_time() -> Iterator[None]:
    """Hold the project's folder while two scripts may want to install into it."""
    folder = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def stamp_place(name: str) -> Path:
    """Return the file that says which version of a requirements file is installed."""
    return VENV / f"{name}.stamp"


def stamp_text(name: str) -> str:
    """Return what the stamp of a requirements file says when this Python installed it."""
    made_of = sys.version.encode() + (ROOT / name).read_bytes()
    return hashlib.sha256(made_of).hexdigest()


def read(place: Path) -> str:
    """Return the text of a file, or nothing when there is none."""
    return place.read_text() if place.exists() else ""


def fits(python: Path) -> bool:
    """Tell whether an environment's Python works and is of our own version."""
    if not python.exists():
        return False
    question = "import sys; print(*sys.version_info[:3])"
    answer = subprocess.run([python, "-c", question], capture_output=True, text=True, check=False)
    return answer.stdout.split() == [str(part) for part in sys.version_info[:3]]


def make_venv() -> None:
    """Make an empty .venv with this Python; raise SystemExit with a sentence when it fails."""
    say(f"Making a Python {sys.version.split()[0]} environment in {VENV} ...")
    try:
        if VENV.is_dir():
            shutil.rmtree(VENV)
        VENV.mkdir()
    except OSError as error:
        raise SystemExit(f"The folder {VENV} cannot be written: {error.strerror}.") from error
    if uv := shutil.which("uv"):
        maker: list[str | Path] = [
            uv,
            "venv",
            "--quiet",
            "--allow-existing",
            "--python",
            sys.executable,
            VENV,
        ]
    elif importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip"):
        maker = [sys.executable, "-m", "venv", VENV]
    else:
        raise SystemExit(NO_VENV)
    if processes.run(maker):
        raise SystemExit(NO_VENV)


def installer(names: Sequence[str]) -> list[str | Path]:
    """Return the command that installs requirements files, every file checked by its hash."""
    files: list[str | Path] = [word for name in names for word in ("-r", ROOT / name)]
    if uv := shutil.which("uv"):
        return [uv, "pip", "install", "--quiet", "--python", PYTHON, "--require-hashes", *files]
    pip: list[str | Path] = [
        PYTHON,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-input",
        "--disable-pip-version-check",
    ]
    return [*pip, "--require-hashes", *files]


def say(sentence: str) -> None:
    """Tell the person at the terminal what is going on."""
    print(sentence, flush=True)
