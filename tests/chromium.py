"""Finds a Chromium for the browser tests, or installs one, and prints its path.

It tries CHROMIUM_PATH, then the programs that are installed, then (as root) the system's package manager, and last
Playwright's own download.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
"""The best first: the headless shell has no window, and opens a page in two thirds of the time."""


def _given_path() -> str | None:
    path = os.environ.get("CHROMIUM_PATH", "")
    return path if path and Path(path).exists() else None


def _path_of_installed() -> str | None:
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def _install_package() -> str | None:
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return None
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=False, stdout=sys.stderr, env=env)
    for name in NAMES[:2]:
        subprocess.run(["apt-get", "install", "-y", "-qq", name], check=False, stdout=sys.stderr, env=env)
        if found := _path_of_installed():
            return found
    return None


def _download() -> str | None:
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False, stdout=sys.stderr)
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def chromium_path() -> str:
    found = _given_path() or _path_of_installed() or _install_package() or _download()
    if found is None:
        sys.exit("There is no Chromium here. Install one and set CHROMIUM_PATH to its program.")
    return found


if __name__ == "__main__":
    print(chromium_path())
