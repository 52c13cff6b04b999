"""What nobody calls is removed. A function or class of the apps is named somewhere besides where it is written."""

from __future__ import annotations

import ast
import re
from collections import Counter

from tests.architecture.sources import PACKAGES, ROOT, short_path_of, sources, tree_of

FOUND_BY_ITS_FRAME = ("receiver", "register", "command", "fixture", "task")
"""Decorators by which a library finds a function that nobody names."""


def words() -> Counter[str]:
    """How often each word stands in the code and the templates, tests left out."""
    migrations = [path for package in PACKAGES for path in (ROOT / package).rglob("migrations/*.py")]
    paths = [*sources(), *migrations, *(ROOT / "templates").rglob("*"), ROOT / "manage.py", ROOT / "pyproject.toml"]
    return Counter(word for path in paths if path.is_file() for word in re.findall(r"\w+", path.read_text()))


def is_found_by_its_frame(node: ast.FunctionDef | ast.ClassDef) -> bool:
    decorators = " ".join(ast.unparse(decorator) for decorator in node.decorator_list)
    return any(name in decorators for name in FOUND_BY_ITS_FRAME)


def test_every_function_and_class_is_named_where_it_is_used() -> None:
    count = words()
    alone = {
        node.name: short_path_of(path)
        for path in sources()
        for node in tree_of(path).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and count[node.name] == 1
        and not is_found_by_its_frame(node)
        and not (path.stem == "apps" and node.name.endswith("Config"))
    }
    assert alone == {}
