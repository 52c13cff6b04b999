"""Nothing is only the demo's: every operation is reached from a page, a command or a clock."""

from __future__ import annotations

import ast
from functools import cache

from tests.architecture.calls import Name
from tests.architecture.reach import clocks, commands, frames, pages, reached_from
from tests.architecture.sources import DOMAIN, short_path_of, sources, tree_of
from tests.rooms import layer_of


@cache
def operations() -> set[Name]:
    """Every public function of the operations that takes when it happens, and by whom or as a transaction."""
    found = set()
    for path in sources(*DOMAIN):
        if layer_of(path) == "operations":
            module = short_path_of(path).removesuffix(".py").replace("/", ".")
            found |= {(module, node.name) for node in tree_of(path).body if is_operation(node)}
    return found


def is_operation(node: ast.stmt) -> bool:
    if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
        return False
    given = {argument.arg for argument in node.args.kwonlyargs}
    return "at" in given and ("by" in given or any("atomic" in ast.unparse(each) for each in node.decorator_list))


def unreachable_operations(*, without: str = "") -> set[str]:
    """The operations that nothing reaches, with one page taken away."""
    views = {view for address, view in pages().items() if address != without}
    reached = reached_from(views | commands() | clocks() | frames())
    return {f"{module}.{name}" for module, name in operations() - reached}


def test_every_operation_is_reached_from_a_page_a_command_or_a_clock() -> None:
    assert len(operations()) > 200
    assert len(commands()) > 4
    assert len(clocks()) > 8
    assert unreachable_operations() == set()


def test_a_page_taken_away_leaves_its_operation_unreachable() -> None:
    for address, operation in {
        "circles:add_venue": "circles.venue.operations.add_venue",
        "accounts:add_agency": "accounts.operations.people.add_agency",
        "concerns:handover": "concerns.handover.operations.hand_over",
    }.items():
        assert address in pages()
        assert unreachable_operations(without=address) == {operation}
