"""Nothing is only the demo's: every operation is reached from a page, a command or a clock."""

from __future__ import annotations

import ast
import re
from functools import cache

from tests.architecture.calls import Name
from tests.architecture.reach import clocks, commands, frames, names_reached_from, pages
from tests.architecture.sources import DOMAIN, ROOT, short_path_of, sources, tree_of
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
    reached = names_reached_from(views | commands() | clocks() | frames())
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


NAMED_NOWHERE = {
    "alerts:receipt_of_mail": "the mail server calls it",
    "alerts:receipt_of_text": "the provider of texts calls it",
    "circles:close": "the acts of a circle's life have the names of their addresses",
    "offenders:remove_referral_part": "the part's own address, and remove/",
    "offenders:remove_referring_part": "the part's own address, and remove/",
}
"""Why an address is written out by its name on no page and in no view."""


def test_every_address_has_its_button_or_its_link() -> None:
    texts = [path.read_text() for path in (ROOT / "templates").rglob("*.html")]
    texts += [path.read_text() for path in sources(*DOMAIN, "config", "core") if path.name != "urls.py"]
    named = set(re.findall(r"[\"'](\w+:\w+)[\"']", "\n".join(texts)))
    written = {
        f"{short_path_of(path).partition('/')[0]}:{name}"
        for path in sources(*DOMAIN)
        if path.name == "urls.py"
        for name in re.findall(r'name="(\w+)"', path.read_text())
    }
    ours = written & set(pages())  # those of an act of `RecordAct` are drawn with its button
    assert len(ours) > 200
    assert ours - named == set(NAMED_NOWHERE)
