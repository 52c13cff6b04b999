"""A noun is a folder, its layers are the files in it, and the layers of a room import downwards only."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.architecture.sources import sources, tree_of
from tests.rooms import APPS_OF_ROOMS, LAYERS, ROOT, layer_of, room_of

BESIDE = {"__init__", "apps", "models", "urls", "tasks", "worklist", "defaults", "choices", "leads"}
"""What may stand beside the rooms of an app: what joins them, and what they all stand on."""


def rooms() -> dict[str, list[Path]]:
    found: dict[str, list[Path]] = {}
    for path in sources(*APPS_OF_ROOMS):
        if room_of(path):
            found.setdefault(room_of(path), []).append(path)
    return found


def test_there_are_rooms() -> None:
    assert len(rooms()) > 50


def test_a_file_stands_in_a_room_or_joins_them() -> None:
    outside = [path for path in sources(*APPS_OF_ROOMS) if len(path.relative_to(ROOT).parts) == 2]
    assert {path.stem for path in outside} <= BESIDE


def test_the_layers_of_a_room_import_downwards_only() -> None:
    up = []
    for room, paths in rooms().items():
        package = room.replace("/", ".")
        for path in paths:
            own = LAYERS.index(layer_of(path)) if layer_of(path) in LAYERS else None
            for module in modules_imported_by(path, package):
                other = layer_of(ROOT / f"{module.replace('.', '/')}.py")
                if other in {"views", "urls"} and own is None:
                    up.append(f"{path.relative_to(ROOT)} imports {module}")
                if other in LAYERS and own is not None and LAYERS.index(other) > own:
                    up.append(f"{path.relative_to(ROOT)} imports {module}")
    assert up == []


def modules_imported_by(path: Path, package: str) -> list[str]:
    """The modules of the same room that a file imports."""
    found = []
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ImportFrom) and node.module:
            if node.module == package:
                found += [f"{package}.{name.name}" for name in node.names]
            elif node.module.startswith(f"{package}."):
                found.append(node.module)
    return found


def test_models_py_of_an_app_only_names_the_tables_of_its_rooms() -> None:
    for app in APPS_OF_ROOMS:
        body = ast.parse((ROOT / app / "models.py").read_text()).body
        assert all(isinstance(node, ast.Expr | ast.ImportFrom | ast.Assign) for node in body), app


def test_nobody_imports_from_the_list_of_tables() -> None:
    """Whoever needs a table asks its room."""
    faces = {f"{app}.models" for app in APPS_OF_ROOMS}
    through = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sources(tests=True)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ImportFrom) and node.module in faces
    ]
    assert through == []
