"""Which function of the apps calls which, and which one answers at each address: read from the code."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from functools import cache

from django.urls import URLPattern, URLResolver, get_resolver

from tests.architecture.sources import DOMAIN, ROOT, sources, tree_of

Name = tuple[str, str]
"""A function by its module and its own name."""


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the apps, by the name that others import it under."""
    found = {}
    for path in sources(*DOMAIN):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = tree_of(path)
    return found


@cache
def functions() -> dict[Name, ast.FunctionDef]:
    return {
        (module, node.name): node
        for module, tree in modules().items()
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
    }


@cache
def imports() -> dict[Name, Name]:
    return {
        (module, alias.asname or alias.name): (node.module, alias.name)
        for module, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    }


def definition_of(name: Name) -> Name:
    """Where something is defined, followed through what modules import from each other."""
    seen: set[Name] = set()
    while name not in functions() and name in imports() and name not in seen:
        seen.add(name)
        name = imports()[name]
    return name


def _names_in(module: str, function: ast.FunctionDef) -> set[Name]:
    """What a function names: on its own, or as part of a module such as `operations.open_goal`."""
    found = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Name):
            found.add(definition_of((module, node.id)))
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            package = imports().get((module, node.value.id))
            if package is not None:
                found.add(definition_of((".".join(package), node.attr)))
    return found


@cache
def _functions_called_by(name: Name) -> frozenset[Name]:
    """The functions of the apps that this one names."""
    return frozenset(_names_in(name[0], functions()[name]) & set(functions()) - {name})


@cache
def functions_reached_from(name: Name) -> frozenset[Name]:
    """This function, and all that it calls, by whatever steps."""
    seen, waiting = {name}, [name]
    while waiting:
        for more in _functions_called_by(waiting.pop()) - seen:
            seen.add(more)
            waiting.append(more)
    return frozenset(seen)


def views_by_address(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, Name]]:
    """Every address of the service by its name, with the function that answers there."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from views_by_address(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
        elif isinstance(pattern, URLPattern):
            answering = inspect.unwrap(pattern.callback)
            yield f"{prefix}{pattern.name}", (answering.__module__, getattr(answering, "__name__", ""))
