"""What a page, a command or a clock reaches: every definition of the product by name, and which names which.

Read from the code. A definition is a function, a class or an assigned name at the top of a module. It reaches what its
text names: by itself, as a part of a module, or in a string such as settings use. Too much may be found so, since
naming is not yet calling; whatever is not even named is not reached.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module

from tests.architecture.calls import Name, views_by_address
from tests.architecture.sources import DOMAIN, ROOT, short_path_of, sources, tree_of

PRODUCT = ("config", "core", *DOMAIN)
"""Every package but `embedded`, which is the demo's."""

BODY = "<module>"
"""What a module does when it is imported, beside defining names."""


@cache
def modules() -> dict[str, ast.Module]:
    """Every module by its whole name. Those of addresses are left out: `pages` asks Django for the addresses."""
    return {_module_name(short_path_of(path)): tree_of(path) for path in sources(*PRODUCT) if path.stem != "urls"}


def _module_name(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _names_defined_by(statement: ast.stmt) -> list[str]:
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [statement.name]
    targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
    return [node.id for target in targets if target for node in ast.walk(target) if isinstance(node, ast.Name)]


@cache
def definitions() -> dict[Name, list[ast.stmt]]:
    """Every definition at the top of a module, with the statements that make it; below BODY, what makes none."""
    found: dict[Name, list[ast.stmt]] = {}
    for module, parsed in modules().items():
        for statement in parsed.body:
            if isinstance(statement, ast.Import | ast.ImportFrom):
                continue
            for name in _names_defined_by(statement) or [BODY]:
                found.setdefault((module, name), []).append(statement)
    return found


@cache
def _imports_of(module: str) -> dict[str, str]:
    """The names that a module imports, anywhere in it, each with the whole name of what it is."""
    return {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(modules()[module])
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    }


def find(whole_name: str) -> Iterator[Name]:
    """The definition of this whole name, followed through imports; for a module, all that it defines."""
    if whole_name in modules():
        yield from (name for name in definitions() if name[0] == whole_name)
        return
    module, _, name = whole_name.rpartition(".")
    if (module, name) in definitions():
        yield module, name
    elif module in modules() and name in _imports_of(module):
        yield from find(_imports_of(module)[name])


def _whole_names_in(module: str, statement: ast.stmt) -> Iterator[str]:
    """Whatever a statement names, as whole names."""
    imported = _imports_of(module)
    for node in ast.walk(statement):
        if isinstance(node, ast.Name):
            if imported.get(node.id) not in modules():
                yield imported.get(node.id, f"{module}.{node.id}")
        elif isinstance(node, ast.Attribute):
            base = ast.unparse(node.value)
            if base == "settings":
                yield f"config.upward.{node.attr}"
            elif base in imported:
                yield f"{imported[base]}.{node.attr}"
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < 100:
            yield node.value
            yield f"config.upward.{node.value}"


@cache
def names_in_definition(name: Name) -> frozenset[Name]:
    """What this definition names, and what its module does when it is imported."""
    found = {(name[0], BODY)} & set(definitions())
    for statement in definitions()[name]:
        for whole_name in _whole_names_in(name[0], statement):
            found.update(find(whole_name))
    return frozenset(found - {name})


def names_reached_from(entrances: Iterable[Name]) -> set[Name]:
    """These, and all that they reach by whatever steps."""
    seen = {name for name in entrances if name in definitions()}
    waiting = list(seen)
    while waiting:
        for more in names_in_definition(waiting.pop()) - seen:
            seen.add(more)
            waiting.append(more)
    return seen


def pages() -> dict[str, Name]:
    """Every address of the service by its name, with the view that answers there."""
    return dict(views_by_address())


def commands() -> set[Name]:
    return {name for name in definitions() if ".management.commands." in name[0] and name[1] == "Command"}


def clocks() -> set[Name]:
    """The tasks of the timetable."""
    timetable = {entry["task"] for entry in import_module("config.celery").app.conf.beat_schedule.values()}
    return {
        name
        for name, statements in definitions().items()
        for statement in statements
        if isinstance(statement, ast.FunctionDef)
        for decorator in statement.decorator_list
        if isinstance(decorator, ast.Call)
        for keyword in decorator.keywords
        if keyword.arg == "name" and isinstance(keyword.value, ast.Constant) and keyword.value.value in timetable
    }


def frames() -> set[Name]:
    """What Django calls for every page: what settings name, what apps connect at the start, and templates' tags."""
    named = {
        node.value
        for node in ast.walk(tree_of(ROOT / "config" / "settings.py"))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    found = {name for whole_name in named - set(DOMAIN) for name in find(whole_name)}
    return found | {name for name in definitions() if name[0].endswith(".apps") or ".templatetags." in name[0]}
