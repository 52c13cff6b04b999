"""docs/lifecycles.md, docs/access.md and the trees in CONTRIBUTING.md say what the code says.

`make docs` runs these with WRITE_DOCS=1, which writes the pages instead of comparing them.
"""

from __future__ import annotations

import ast
import inspect
import os
from itertools import pairwise
from pathlib import Path
from textwrap import dedent, fill
from typing import cast

import pytest
from django.apps import apps
from django.db import models

from accounts.access import Role
from accounts.models import User
from core.access import Access
from core.records import Moving
from tests.access_subjects import _kinds_of_access, all_subjects
from tests.table import PEOPLE
from tests.world import World

DOCS = Path(__file__).resolve().parents[1] / "docs"
COLUMNS = [column for column in PEOPLE if column != "nobody"]
LAYERS = ["models", "access", "operations", "forms", "views", "urls"]


def check_fresh(name: str, told: str) -> None:
    path = DOCS / name
    if os.environ.get("WRITE_DOCS"):
        path.write_text(told)
    assert path.read_text() == told, f"docs/{name} is stale: run `make docs`"


def tree_of(app: str) -> str:
    """The rooms of an app, each with its files: the layers first, then the others by name."""
    rooms = []
    for room in sorted((DOCS.parent / app).iterdir()):
        names = {file.stem for file in room.glob("*.py")} - {"__init__"}
        if names and room.name != "migrations":
            files = " ".join([*(name for name in LAYERS if name in names), *sorted(names - set(LAYERS))])
            rooms.append(fill(f"{room.name + '/':<18} {files}", width=120, subsequent_indent=" " * 19))
    return "".join(f"{room}\n" for room in rooms)


def moving_models() -> list[type[Moving]]:
    found: list[type[models.Model]] = sorted(apps.get_models(), key=lambda model: model._meta.label)
    return [model for model in found if issubclass(model, Moving)]


def test_the_lifecycles_are_drawn_from_the_tables() -> None:
    told = ["# Lifecycles", "", "Drawn by `make docs` from the tables beside the models."]
    for model in moving_models():
        states = model.LIFECYCLE
        told += [
            "",
            f"## {str(model._meta.verbose_name).capitalize()}",
            "",
            "```mermaid",
            states.mermaid_diagram(),
            "```",
        ]
        told += ["", "| state | a person reads | it means |", "| --- | --- | --- |"]
        meanings = meanings_of(states.states)
        told += [f"| {state.value} | {state.label} | {meanings.get(state.name, '')} |" for state in states.states]
    check_fresh("lifecycles.md", "\n".join(told) + "\n")


def test_the_trees_are_drawn_from_the_folders() -> None:
    told = (DOCS.parent / "CONTRIBUTING.md").read_text()
    for app in ("offenders", "circles"):
        heading = f"`{app}/` as it is:\n\n```\n"
        before, _, rest = told.partition(heading)
        told = f"{before}{heading}{tree_of(app)}```\n{rest.partition('```' + chr(10))[2]}"
    check_fresh("../CONTRIBUTING.md", told)


def meanings_of(states: type[models.TextChoices]) -> dict[str, str]:
    """The sentence that stands below each state in the code, by the state's name."""
    body = cast("ast.ClassDef", ast.parse(dedent(inspect.getsource(states))).body[0]).body
    meanings = {}
    for state, below in pairwise(body):
        if isinstance(state, ast.Assign) and isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant):
            meanings[cast("ast.Name", state.targets[0]).id] = str(below.value.value)
    return meanings


@pytest.mark.parametrize("model", moving_models(), ids=lambda model: model._meta.label)
def test_every_state_says_what_it_means(model: type[Moving]) -> None:
    meanings = meanings_of(model.LIFECYCLE.states)
    assert set(meanings) == set(model.LIFECYCLE.states.names)
    assert all(sentence.endswith(".") for sentence in meanings.values())
    assert len(set(meanings.values())) == len(meanings)


def may(kind: type[Access], person: User, record: object, name: str) -> str:
    return "yes" if person.is_active and getattr(kind(person, record), name) else "·"


def test_the_access_page_is_what_every_act_answers_for_every_person(world: World) -> None:
    told = ["# Access", "", "Drawn by `make docs`: every act, asked for every person of the tests' world.", ""]
    told += [f"- **{role.label}**: {role.sentence}" for role in Role]
    for title, kind, record in all_subjects(world):
        told += ["", f"## {title}", "", f"| may | {' | '.join(COLUMNS)} |", f"| --- |{' --- |' * len(COLUMNS)}"]
        for act in kind.acts():
            answers = [may(kind, world.people[str(PEOPLE[column])], record, act.name) for column in COLUMNS]
            told.append(f"| {act.words} | {' | '.join(answers)} |")
    check_fresh("access.md", "\n".join(told) + "\n")


def test_every_kind_of_access_is_on_the_page(world: World) -> None:
    assert {kind for _, kind, _ in all_subjects(world)} == set(_kinds_of_access())
