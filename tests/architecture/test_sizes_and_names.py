"""Files stay short, functions shorter, and no room is called a cupboard."""

from __future__ import annotations

import ast

from tests.architecture.sources import short_path_of, sources, tree_of

LONGEST_FILE = 300
LONGEST_FUNCTION = 40
CUPBOARDS = {"utils", "helpers", "common", "misc", "util", "helper", "managers", "services"}


def test_no_file_is_longer_than_three_hundred_lines() -> None:
    long = {short_path_of(path): len(path.read_text().splitlines()) for path in sources(tests=True)}
    assert {name: lines for name, lines in long.items() if lines > LONGEST_FILE} == {}


def test_no_function_is_longer_than_forty_lines() -> None:
    long = []
    for path in sources():
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = statements_of(node) if "embedded" in path.parts else lines_of(node)
                if lines > LONGEST_FUNCTION:
                    long.append(f"{short_path_of(path)}:{node.lineno} {node.name} {lines}")
    assert long == []


def lines_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Its lines, without its docstring."""
    first = node.body[0]
    lines = (node.end_lineno or 0) - node.lineno + 1
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
        lines -= (first.end_lineno or 0) - first.lineno + 1
    return lines


def statements_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """A story that the demo tells is a list of steps: each counts as one line, however many words it has."""
    return sum(isinstance(step, ast.stmt) for step in ast.walk(node))


def test_no_module_is_a_cupboard() -> None:
    assert [short_path_of(path) for path in sources(tests=True) if path.stem in CUPBOARDS] == []


def test_every_module_opens_with_its_sentence() -> None:
    bare = []
    for path in sources(tests=True):
        text = path.read_text()
        if text.strip() and not ast.get_docstring(tree_of(path)):
            bare.append(short_path_of(path))
    assert bare == []


def test_nothing_is_imported_inside_a_function() -> None:
    inside = []
    for path in sources():
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.FunctionDef):
                inside += [
                    f"{short_path_of(path)}:{child.lineno}"
                    for child in ast.walk(node)
                    if isinstance(child, ast.Import | ast.ImportFrom)
                ]
    assert inside == ALLOWED_INSIDE


ALLOWED_INSIDE: list[str] = []
"""None so far; an AppConfig's `ready` is the one place Django leaves no other way."""
