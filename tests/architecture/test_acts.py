"""Leave is asked by naming the act itself, so that the type checker finds a slip."""

from __future__ import annotations

import ast

from tests.architecture.sources import short_path_of, sources, tree_of


def test_leave_is_asked_for_an_act_and_never_by_its_name() -> None:
    by_name = [
        f"{short_path_of(path)}:{node.lineno}"
        for path in sources(tests=True)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "require"
        and any(isinstance(given, ast.Constant | ast.JoinedStr) for given in node.args)
    ]
    assert by_name == []


def test_the_formatter_decides_everywhere() -> None:
    told_off = [short_path_of(path) for path in sources(tests=True) if "fmt: " + "skip" in path.read_text()]
    assert told_off == []
