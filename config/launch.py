"""What bin/run and bin/test hand over to: install, then become the program that was asked for.

Runs on a bare Python with the standard library only.
"""

import os
import sys
from collections.abc import Sequence

from config.install import install

PROGRAMS = {
    "run": (("requirements.txt",), ("manage.py", "up")),
    "test": (("requirements.txt", "requirements-test.txt"), ("-m", "tests.suite")),
}


def launch(name: str, arguments: Sequence[str]) -> None:
    """Install what program `name` needs and become it; this process is then that program."""
    requirements, program = PROGRAMS[name]
    python = str(install(*requirements))
    os.execv(python, [python, *program, *arguments])


if __name__ == "__main__":
    launch(sys.argv[1], sys.argv[2:])
