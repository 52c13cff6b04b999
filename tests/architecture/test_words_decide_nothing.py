"""No sentence that a person reads decides anything: rename a label, and nothing else changes.

The sentences of stories are found by what they are: the free text of every table of events. Who asks for a row by one
of them, or compares a label with anything, is found in the code.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models

from core.story import StoryLine
from tests.architecture.sources import DOMAIN, short_path_of, sources, tree_of

EVENTS = [
    model
    for model in apps.get_models()
    if model._meta.app_label in DOMAIN and (issubclass(model, StoryLine) or model.__name__.endswith("Event"))
]

ASKS = {
    "filter",
    "exclude",
    "get",
    "aget",
    "get_or_create",
    "update_or_create",
    "get_object_or_404",
    "get_list_or_404",
    "Q",
    "When",
    "alias",
}
LABELS = {"label", "labels"}
STATES = {"from_status", "to_status"}


def texts_of(model: type[models.Model]) -> set[str]:
    """The columns of sentences: text that is neither a choice, a state nor something told apart by being unique."""
    text = [field for field in model._meta.local_fields if isinstance(field, models.CharField | models.TextField)]
    return {field.name for field in text if not field.choices and not field.unique} - STATES


TEXTS = set().union(*(texts_of(model) for model in EVENTS if issubclass(model, StoryLine)))


def is_label(node: ast.AST) -> bool:
    """A label, or what Django makes of one."""
    if not isinstance(node, ast.Attribute):
        return False
    return node.attr in LABELS or (node.attr.startswith("get_") and node.attr.endswith("_display"))


def has_label(node: ast.AST) -> bool:
    return any(is_label(inner) for inner in ast.walk(node))


def pairs_asked_in(call: ast.Call) -> Iterator[tuple[str, ast.expr]]:
    """The names and values a query is asked with, given one by one, as pairs or as a dictionary."""
    for keyword in call.keywords:
        if keyword.arg is not None:
            yield keyword.arg, keyword.value
    for node in [*call.args, *(keyword.value for keyword in call.keywords if keyword.arg is None)]:
        if isinstance(node, ast.Dict):
            pairs = zip(node.keys, node.values, strict=True)
        elif isinstance(node, ast.Tuple) and len(node.elts) == 2:
            pairs = zip(node.elts[:1], node.elts[1:], strict=True)
        else:
            continue
        yield from ((key.value, value) for key, value in pairs if isinstance(key, ast.Constant))


def name_of(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def faults_of_words(module: ast.AST) -> Iterator[str]:
    """Where code asks for rows by a sentence or a label, or compares one."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and name_of(node.func) in ASKS:
            for name, value in pairs_asked_in(node):
                if (set(name.split("__")) & TEXTS and not is_empty(value)) or has_label(value):
                    yield f"{node.lineno}: {ast.unparse(node)}"
        elif isinstance(node, ast.Compare) and compares_words([node.left, *node.comparators]):
            yield f"{node.lineno}: {ast.unparse(node)}"
        elif isinstance(node, ast.Match) and (is_sentence(node.subject) or has_label(node.subject)):
            yield f"{node.lineno}: match {ast.unparse(node.subject)}"
        elif isinstance(node, ast.Attribute) and node.attr in {"startswith", "endswith"} and is_sentence(node.value):
            yield f"{node.lineno}: {ast.unparse(node)}"


def compares_words(sides: list[ast.expr]) -> bool:
    """A label compared with anything, or a line's sentence with words that stand in the code."""
    if any(has_label(side) for side in sides):
        return True
    values = [node.value for side in sides for node in ast.walk(side) if isinstance(node, ast.Constant)]
    return any(isinstance(value, str) and value for value in values) and any(is_sentence(side) for side in sides)


def is_empty(value: ast.expr) -> bool:
    """Whether there is a sentence may be asked; what it says may not."""
    return isinstance(value, ast.Constant) and value.value == ""


def is_sentence(node: ast.AST) -> bool:
    """A line's own sentence: `line.what`, `event.note`."""
    return isinstance(node, ast.Attribute) and node.attr in TEXTS | {"sentence"}


def test_there_are_stories_to_look_at() -> None:
    names = {model.__name__ for model in EVENTS}
    assert names >= {"CircleEvent", "ConcernEvent", "ShareEvent", "RecordEvent", "AccountEvent"}
    assert {"what", "note", "detail"} == TEXTS


def test_every_table_of_sentences_is_a_story_that_knows_kinds() -> None:
    """An event with a text of its own that is no StoryLine would have nothing else to be asked for by."""
    loose = [m.__name__ for m in EVENTS if not issubclass(m, StoryLine) and texts_of(m) & (TEXTS | {"text", "words"})]
    assert loose == []


@pytest.mark.parametrize(
    "code",
    [
        "CircleEvent.objects.filter(what=Circle.Status.CLOSED.label)",
        "CircleEvent.objects.exclude(Q(what__startswith='Meeting '))",
        "Circle.objects.filter(events__what__endswith=' left')",
        "ConcernEvent.objects.get(**{'detail': 'x'})",
        "Q(('note__contains', 'x'))",
        "line.step in Circle.Status.labels",
        "circle.get_status_display() == 'Ended'",
        "event.what == 'Ended'",
        "event.sentence.startswith('Meeting')",
        "Share.objects.filter(status__in=[Status(x).label for x in y])",
    ],
)
def test_such_code_is_found(code: str) -> None:
    assert list(faults_of_words(ast.parse(code)))


def test_no_code_decides_by_words() -> None:
    found = {short_path_of(path): list(faults_of_words(tree_of(path))) for path in sources()}
    assert {name: lines for name, lines in found.items() if lines} == {}
