"""The project's own source files, and how to read them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = [
    "config",
    "embedded",
    "core",
    "accounts",
    "audit",
    "alerts",
    "offenders",
    "volunteers",
    "circles",
    "concerns",
]
DOMAIN = ["accounts", "audit", "alerts", "offenders", "volunteers", "circles", "concerns"]


def sources(*packages: str, tests: bool = False) -> Iterator[Path]:
    """Every module of these packages, migrations left out."""
    for package in [*(packages or PACKAGES), *(["tests"] if tests else [])]:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


@cache
def tree_of(path: Path) -> ast.Module:
    """The module as Python reads it. It is read once, and nobody changes it."""
    return ast.parse(path.read_text())


def short_path_of(path: Path) -> str:
    return str(path.relative_to(ROOT))
