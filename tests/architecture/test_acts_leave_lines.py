"""Every operation that somebody does leaves a line in the trail, or says here why it need not.

An operation is found by what it is: a transaction that takes who and when. Whether it reaches `recorded` is read
from the code, through whatever it calls. So a new operation is in this test because it exists.
"""

from __future__ import annotations

import ast
from functools import cache

from tests.architecture.sources import DOMAIN, ROOT, sources, tree
from tests.rooms import APPS_OF_ROOMS

Name = tuple[str, str]

WRITES = {("audit.trail", "recorded"), ("accounts.operations.standing", "record_act")}
"""What writes a line; accounts stand below the trail and reach it through settings.ON_ACCOUNT_ACT."""

DRAFT = "a draft is nobody's record until it is sent, which leaves a line"
ONE_OWN = "one's own marks and choices, which open nothing and change no record"
STORY = "seeing leaves its line where the page is opened; this is only the record's own story"
EXCUSED = {
    "add_contact": DRAFT,
    "remove_contact": DRAFT,
    "tap_action": DRAFT,
    "tap_goal": DRAFT,
    "save_taps": DRAFT,
    "save_minutes": DRAFT,
    "save_attendance": DRAFT,
    "save_tags": DRAFT,
    "save_page": DRAFT,
    "write_page": DRAFT,
    "describe_risk": DRAFT,
    "note_concern_raised": DRAFT,
    "note_worry_sent": DRAFT,
    "note_presence": ONE_OWN,
    "save_draft": DRAFT,
    "discard_draft": DRAFT,
    "save_view": ONE_OWN,
    "forget_view": ONE_OWN,
    "read_alert": ONE_OWN,
    "note_seen": STORY,
    "note_opened": STORY,
    "mark_replies_read": STORY,
}


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the apps, by the name that others import it under."""
    found = {}
    for path in sources(*DOMAIN):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = tree(path)
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


def home_of(name: Name) -> Name:
    """Where something is defined, followed through what modules import from each other."""
    seen: set[Name] = set()
    while name not in functions() and name in imports() and name not in seen:
        seen.add(name)
        name = imports()[name]
    return name


def names_in(module: str, function: ast.FunctionDef) -> set[Name]:
    return {home_of((module, node.id)) for node in ast.walk(function) if isinstance(node, ast.Name)}


@cache
def those_that_write() -> set[Name]:
    found = set(WRITES)
    named = {name: names_in(name[0], function) for name, function in functions().items()}
    while True:
        more = {name for name, called in named.items() if called & found} - found
        if not more:
            return found
        found |= more


def operations() -> set[Name]:
    """Transactions that take who does it and when."""
    return {
        name
        for name, function in functions().items()
        if (".operations" in name[0] or name[0].startswith(APPS_OF_ROOMS))
        and not name[0].endswith(("views", "tasks"))
        and {"by", "at"} <= {argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)}
        and any("atomic" in ast.unparse(decorator) for decorator in function.decorator_list)
    }


def test_there_are_operations_to_look_at() -> None:
    assert len(operations()) > 150
    assert ("accounts.operations.people", "suspend_person") in operations()
    assert ("concerns.rota.operations", "plan_shift") in those_that_write()


def test_every_operation_writes_a_line_or_is_excused() -> None:
    silent = operations() - those_that_write()
    assert sorted(name for name in silent if name[1] not in EXCUSED) == []


def test_nothing_is_excused_that_writes_a_line_or_is_gone() -> None:
    silent = {name for _, name in operations() - those_that_write()}
    assert set(EXCUSED) - silent == set()
