"""The browser of the browser tests. Import `find` and `provide`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PACKAGE = ("apt-get", "install", "--yes", "--no-install-recommends", "chromium")


def find() -> str | None:
    """Return the path of a Chromium: $CHROMIUM, else playwright's own, else one on the PATH."""
    if given := os.environ.get("CHROMIUM"):
        return given
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    if Path(own).exists():
        return own
    return next(filter(None, map(shutil.which, NAMES)), None)


def provide() -> None:
    """Install Debian's Chromium when there is none and we may; say so when that fails."""
    may_install = sys.platform == "linux" and os.geteuid() == 0 and shutil.which("apt-get")
    if not may_install or find():
        return
    print("Installing Debian's Chromium for the browser tests ...", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (("apt-get", "update"), PACKAGE):
        done = subprocess.run(
            command, env=environment, capture_output=True, stdin=subprocess.DEVNULL, check=False
        )
        if done.returncode:
            print(done.stderr.decode(errors="replace"))
