"""An operation asks for the same leave as the page that calls it: whoever finds another way in finds it as narrow."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache

from tests.architecture.sources import DOMAIN, short_path_of, sources, tree_of
from tests.rooms import layer_of

OTHERWISE: dict[str, str] = {}
"""Pages that ask for another act than the operation they call, and why."""


def acts_required(function: ast.FunctionDef) -> set[str]:
    """Every act asked for by name in this function, such as `CircleAccess.change_stage`."""
    return {
        ast.unparse(given)
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "require"
        for given in node.args
        if isinstance(given, ast.Attribute) and ast.unparse(given.value).endswith("Access")
    }


@cache
def operations() -> dict[str, set[str]]:
    """What each operation asks for, by its module and name."""
    found = {}
    for path in sources(*DOMAIN):
        if layer_of(path) == "operations":
            module = short_path_of(path).removesuffix(".py").replace("/", ".")
            for node in tree_of(path).body:
                if isinstance(node, ast.FunctionDef):
                    found[f"{module}.{node.name}"] = acts_required(node)
    return found


def operations_called_by(function: ast.FunctionDef, imported: dict[str, str]) -> Iterator[str]:
    """The operations that a view calls."""
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            first, _, rest = ast.unparse(node.func).partition(".")
            name = imported.get(first, "") + (f".{rest}" if rest else "")
            if name in operations():
                yield name


def imports_of(module: ast.Module) -> dict[str, str]:
    return {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(module)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def test_a_page_and_its_operation_ask_for_the_same_leave() -> None:
    differ, compared = {}, 0
    for path in sources(*DOMAIN):
        if layer_of(path) != "views":
            continue
        module = tree_of(path)
        imported = imports_of(module)
        for function in [node for node in module.body if isinstance(node, ast.FunctionDef)]:
            page = acts_required(function)
            for name in operations_called_by(function, imported):
                asked = operations()[name]
                same_access = {act for act in asked if act.partition(".")[0] in {one.partition(".")[0] for one in page}}
                compared += bool(same_access)
                if same_access and not same_access & page and name not in OTHERWISE:
                    differ[f"{short_path_of(path)}:{function.name}"] = f"page {sorted(page)}, {name} {sorted(asked)}"
    assert compared > 30
    assert differ == {}
