"""Finds the room and the layer of a file, the modules of a layer, and every operation by its name."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
APPS_OF_ROOMS = ("alerts", "offenders", "volunteers", "circles", "concerns")
LAYERS = ("models", "access", "operations", "forms", "views", "urls")
"""The lowest first. The end of a file's name says its layer: `rating_views` belongs to the views."""


def layer_of(path: Path) -> str:
    """The layer of a module: its folder in an app without rooms, else the end of its name.

    For a module of no layer, its own name.
    """
    parts = path.relative_to(ROOT).parts
    if len(parts) > 2 and parts[1] in LAYERS:
        return parts[1]
    last = path.stem.rpartition("_")[2]
    return last if last in LAYERS else path.stem


def room_of(path: Path) -> str:
    """The room of a file, such as `circles/risk`; empty if it is in no room."""
    parts = path.relative_to(ROOT).parts
    return "/".join(parts[:2]) if parts[0] in APPS_OF_ROOMS and len(parts) == 3 else ""


def modules_of(app: str, layer: str) -> Iterator[Any]:
    """Every module of one layer of an app."""
    for path in sorted((ROOT / app).rglob("*.py")):
        if "migrations" not in path.parts and layer_of(path) == layer:
            yield import_module(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))


def operations_of(app: str) -> dict[str, Callable[..., Any]]:
    """Every public function of an app's operations, by its name."""
    return {
        name: found
        for module in modules_of(app, "operations")
        for name, found in inspect.getmembers(module, inspect.isfunction)
        if found.__module__ == module.__name__ and not name.startswith("_")
    }
