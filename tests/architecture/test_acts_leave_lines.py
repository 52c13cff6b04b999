"""Every operation that somebody does leaves a line in the trail, or says here why it need not.

An operation is found by what it is: a transaction that takes who and when. Whether it reaches `write_entry` is read
from the code, through whatever it calls. So a new operation is in this test because it exists.
"""

from __future__ import annotations

import ast
from functools import cache

from django.conf import settings

from tests.architecture.calls import Name, _names_in, functions, functions_reached_from
from tests.rooms import APPS_OF_ROOMS

WRITES = {("audit.trail", "write_entry"), ("accounts.operations.standing", "record_act")}
"""What writes a line; accounts stand below the trail and reach it through settings.ON_ACCOUNT_ACT."""

DRAFT = "a draft is nobody's record until it is sent, which leaves a line"
ONE_OWN = "one's own marks and choices, which open nothing and change no record"
STORY = "seeing leaves its line where the page is opened; this is only the record's own story"
EXCUSED = {
    "add_contact": DRAFT,
    "remove_contact": DRAFT,
    "save_page": DRAFT,
    "describe_risk": DRAFT,
    "note_concern_raised": DRAFT,
    "note_worry_sent": DRAFT,
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
def writing_functions() -> set[Name]:
    found = set(WRITES)
    named = {name: _names_in(name[0], function) for name, function in functions().items()}
    while True:
        more = {name for name, called in named.items() if called & found} - found
        if not more:
            return found
        found |= more


CHANGES = {
    "save",
    "create",
    "update",
    "delete",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "move",
}
"""What is called to change a row."""

BESIDE = {
    "take_form": "a form that is being sent; what it leads to leaves a line",
    "_write_list": "this is the trail",
    "write_sight": "this is the trail",
    "write_action_tap": DRAFT,
    "write_goal_tap": DRAFT,
}
"""What changes a row for somebody and is no operation, nor part of one."""


def changes_a_row(name: Name) -> bool:
    called = [node.func for node in ast.walk(functions()[name]) if isinstance(node, ast.Call)]
    return any(isinstance(func, ast.Attribute) and func.attr in CHANGES for func in called)


@cache
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
    assert ("concerns.rota.operations", "plan_shift") in writing_functions()


def test_every_operation_writes_a_line_or_is_excused() -> None:
    silent = operations() - writing_functions()
    assert sorted(name for name in silent if name[1] not in EXCUSED) == []


def test_nothing_is_excused_that_writes_a_line_or_is_gone() -> None:
    silent = {name for _, name in operations() - writing_functions()}
    assert set(EXCUSED) - silent == set()


def test_whoever_changes_a_row_for_somebody_is_an_operation_or_part_of_one() -> None:
    parts = {part for operation in operations() for part in functions_reached_from(operation)} | writing_functions()
    loose = {
        name
        for name, function in functions().items()
        if changes_a_row(name)
        and name not in parts
        and "by" in {argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)}
    }
    assert {name for _, name in loose} == set(BESIDE)


def test_the_lines_of_accounts_reach_the_trail() -> None:
    """Accounts stand below it: what `record_act` calls is named in the settings."""
    assert "audit.accounts.write_account_entry" in settings.ON_ACCOUNT_ACT
    assert ("audit.accounts", "write_account_entry") in writing_functions()
    by_accounts = {name for name in operations() if name[0].startswith("accounts.")}
    assert len(by_accounts) > 5
