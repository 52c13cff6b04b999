"""Views ask for rows by who is asking, and leave deciding to operations."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.architecture.calls import Name, functions, functions_reached_from, views_by_address
from tests.architecture.sources import DOMAIN, short_path_of, sources, tree_of
from tests.rooms import layer_of

ASKS = {"visible_to", "worked_by", "pending", "order_by", "could_attend"}
"""What may follow `.objects` in a view: rows by who is asking; a concern's own pending steps; a plain list
of agencies or areas, which are nobody's secret."""


def views() -> list[Path]:
    return [path for path in sources(*DOMAIN) if layer_of(path) == "views"]


def test_there_are_views_to_look_at() -> None:
    assert len(views()) > 5


def test_in_views_objects_is_followed_by_who_is_asking() -> None:
    loose = []
    for path in views():
        for node in ast.walk(tree_of(path)):
            if (
                isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Attribute)
                and node.value.attr == "objects"
                and node.attr not in ASKS
            ):
                loose.append(f"{short_path_of(path)}:{node.lineno} .objects.{node.attr}")
    assert loose == []


LEAVE = {"visible_to", "worked_by", "require"}
"""What asks whether this person may."""

OWN = "what is one's own, found by who is signed in"
TOKEN = "who has the token in the address may; tests of their own try others"
ASK_NOTHING = {
    "accounts:join": TOKEN,
    "accounts:invitation": TOKEN,
    "accounts:confirm_address": TOKEN,
    "offenders:referrer_link": TOKEN,
    "offenders:referring": TOKEN,
    "offenders:referring_section": TOKEN,
    "offenders:referring_part": TOKEN,
    "offenders:remove_referring_part": TOKEN,
    "alerts:receipt_of_text": TOKEN,
    "alerts:receipt_of_mail": TOKEN,
    "accounts:stay": OWN,
    "accounts:end_session": OWN,
    "accounts:second_factor": OWN,
    "alerts:mobile_remove": OWN,
    "alerts:hours": OWN,
}
"""Addresses whose view asks for no leave, and why."""


def asks_leave(name: Name) -> bool:
    return any(isinstance(node, ast.Attribute) and node.attr in LEAVE for node in ast.walk(functions()[name]))


def test_the_view_at_every_address_asks_leave_or_says_why_not() -> None:
    answering = [(address, view) for address, view in views_by_address() if view in functions()]
    silent = {
        address for address, view in answering if not any(asks_leave(name) for name in functions_reached_from(view))
    }
    assert len(answering) > 200
    assert silent == set(ASK_NOTHING)


def test_views_never_write_rows_themselves() -> None:
    writes = []
    for path in views():
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Attribute) and node.attr in {"save", "delete", "create", "bulk_create"}:
                called = ast.unparse(node)
                if not called.startswith(("request.session", "form.")):
                    writes.append(f"{short_path_of(path)}:{node.lineno} {called}")
    assert writes == []


def test_only_move_writes_a_status() -> None:
    """Nothing but core/records.py assigns `.status`: a state changes by its table or not at all."""
    assigned = []
    for path in sources():
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Assign):
                targets = [each for target in node.targets for each in ast.walk(target)]
                if any(isinstance(each, ast.Attribute) and each.attr == "status" for each in targets):
                    assigned.append(short_path_of(path))
    assert set(assigned) == {"core/records.py"}


def test_guardian_is_imported_in_one_file() -> None:
    assert importers("guardian") == {"concerns/queue/models.py"}


def test_celery_is_imported_by_tasks_config_and_the_nudge() -> None:
    for name in importers("celery"):
        assert name.startswith(("config/", "embedded/", "alerts/message/nudge")) or "/tasks" in name, name


def test_auditlog_is_imported_by_models_and_the_audit_app_and_put_off_by_the_demo_alone() -> None:
    for name in importers("auditlog"):
        assert name.startswith("audit/") or "models" in name or name == "embedded/load_transaction.py", name


def importers(library: str) -> set[str]:
    found = set()
    for path in sources():
        for node in ast.walk(tree_of(path)):
            names = []
            if isinstance(node, ast.Import):
                names = [each.name for each in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module]
            if any(name == library or name.startswith(f"{library}.") for name in names):
                found.add(short_path_of(path))
    return found


def test_nothing_waits_in_the_broker() -> None:
    """No ETA, no countdown, no delay_on_commit (escalation.md 2)."""
    waiting = []
    for path in sources():
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.keyword) and node.arg in {"eta", "countdown"}:
                waiting.append(f"{short_path_of(path)}:{node.value.lineno}")
            if isinstance(node, ast.Attribute) and node.attr == "delay_on_commit":
                waiting.append(f"{short_path_of(path)}:{node.lineno}")
    assert waiting == []


def test_every_operation_takes_by_and_at() -> None:
    """Public functions that write take `at`, and `by` unless the service itself acts."""
    without = []
    for path in sources(*DOMAIN):
        if layer_of(path) in {"views", "tasks", "commands"}:
            continue
        for node in tree_of(path).body:
            if isinstance(node, ast.FunctionDef) and is_atomic(node):
                named = {each.arg for each in node.args.kwonlyargs}
                if "at" not in named:
                    without.append(f"{short_path_of(path)}:{node.name}")
    assert without == []


def is_atomic(node: ast.FunctionDef) -> bool:
    return any("atomic" in ast.unparse(each) for each in node.decorator_list)
