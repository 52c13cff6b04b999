"""Which models pages open by reference, and which pages those are: read from the code, never listed.

A wall is a function that asks `visible_to` for a record and raises NotSeen without one, before it asks anything else.
"""

from __future__ import annotations

import ast
from functools import cache

from django.apps import apps
from django.db import models

from tests.architecture.calls import Name, definition_of, functions, functions_reached_from, imports, views_by_address


def _model_not_seen(name: Name) -> Name | None:
    """Whose record this function says it has not seen: the model in `raise NotSeen(Model.audit_kind, …)`."""
    for node in ast.walk(functions()[name]):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and ast.unparse(node.exc.func) == "NotSeen":
            kind = node.exc.args[0]
            if isinstance(kind, ast.Attribute) and kind.attr == "audit_kind" and isinstance(kind.value, ast.Name):
                return definition_of((name[0], kind.value.id))
    return None


def _takes_a_model(name: Name, argument: ast.arg) -> bool:
    kind = argument.annotation
    return isinstance(kind, ast.Name) and definition_of((name[0], kind.id)) in _models_by_name()


def _asks_visible_to_first(name: Name, model: str) -> bool:
    """Whether `visible_to` is asked for this model before any other wall, and before any act.

    Who is given a record that is open already stands behind that record's wall.
    """
    if any(_takes_a_model(name, argument) for argument in functions()[name].args.args):
        return False
    places: dict[str, int] = {}
    for node in ast.walk(functions()[name]):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if called == f"{model}.objects.visible_to":
                places["wall"] = min(node.lineno, places.get("wall", node.lineno))
            elif called.endswith(".require") or (isinstance(node.func, ast.Name) and node.func.id.startswith("open_")):
                places["before"] = min(node.lineno, places.get("before", node.lineno))
    return "wall" in places and places["wall"] <= places.get("before", places["wall"])


@cache
def _models_by_name() -> dict[Name, type[models.Model]]:
    return {(model.__module__, model.__name__): model for model in apps.get_models()}


@cache
def openers_by_model() -> dict[type[models.Model], set[Name]]:
    """Each model whose rows a page opens by reference, with the functions that open one."""
    found: dict[type[models.Model], set[Name]] = {}
    for name in functions():
        model = _model_not_seen(name) if (name[0], "NotSeen") in imports() else None
        if model is not None and _asks_visible_to_first(name, model[1]):
            found.setdefault(_models_by_name()[model], set()).add(name)
    return found


def views_that_open(model: type[models.Model]) -> set[str]:
    """The names of the addresses that open a record of this model."""
    opening = openers_by_model()[model]
    answering = [(address, view) for address, view in views_by_address() if view in functions()]
    return {address for address, view in answering if opening & functions_reached_from(view)}
