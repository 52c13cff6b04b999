"""A form offers only what its reader may see: every choice of records is asked of `visible_to`, or says why not."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.architecture.sources import ROOT, sources
from tests.rooms import layer_of

OF_NOBODY = ("Area.objects", "Agency.objects", "agencies")
"""Lists that hold no case and no person."""

PEOPLE = (
    "people_with_role(",
    "our_people(",
    "deputies_for(",
    "on_call_people(",
    "possible_coordinators(",
    "people_for_the_panel(",
    "people_for_a_wall(",
)
"""Functions of who may be chosen for a part; each stands in an access module."""

OTHERWISE = {
    "circles/contact/forms.py": "Volunteers who could be at a meeting that its reader has opened.",
    "circles/review/forms.py": "People invited to a review that its reader runs.",
    "concerns/rota/forms.py": "The people are given by the view, which asks on_call_people.",
}


def sources_of_choices(tree: ast.AST) -> Iterator[str]:
    """The source of every queryset that a field is given, names put out by what they stand for."""
    for function in [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.Module)]:
        known: dict[str, str] = {}
        for node in ast.walk(function):
            if isinstance(node, ast.Assign):
                for target in node.targets:
                    if isinstance(target, ast.Name):
                        known[target.id] = f"{known.get(target.id, '')} {ast.unparse(node.value)}"
            elif isinstance(node, ast.For):
                around = [known.get(name.id, "") for name in names_in(node.iter)]
                known |= dict.fromkeys((name.id for name in names_in(node.target)), " ".join(around))
        for value in querysets_given_in(function):
            yield " ".join([ast.unparse(value), *(known.get(name.id, "") for name in names_in(value))])


def querysets_given_in(function: ast.AST) -> Iterator[ast.expr]:
    for node in ast.walk(function):
        if isinstance(node, ast.keyword) and node.arg == "queryset":
            yield node.value
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Attribute) and target.attr == "queryset":
                    yield node.value
                elif isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                    pairs = zip(target.elts, node.value.elts, strict=True)
                    yield from (made for to, made in pairs if isinstance(to, ast.Attribute) and to.attr == "queryset")


def names_in(value: ast.expr) -> list[ast.Name]:
    return [node for node in ast.walk(value) if isinstance(node, ast.Name)]


def test_every_choice_of_records_is_asked_of_who_may_see_them() -> None:
    found = {}
    files = [path for path in sources() if layer_of(path) == "forms"]
    assert len(files) > 20
    for file in files:
        name = str(file.relative_to(ROOT))
        asked = ("visible_to(", ".none()", *OF_NOBODY, *PEOPLE)
        wrong = [
            made for made in sources_of_choices(ast.parse(file.read_text())) if not any(one in made for one in asked)
        ]
        if wrong and name not in OTHERWISE:
            found[name] = wrong
    assert found == {}
