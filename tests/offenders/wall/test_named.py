"""Whoever is named for a core member, or told of him, is asked of his wall first: read from the code.

An operation that names somebody is found by what it takes; an alert, by its call. So a new one is here because it exists.
"""

from __future__ import annotations

import ast

from tests.architecture.calls import Name, functions, functions_reached_from, modules

WALL = "offenders.core_member.wall_models"
ASKS = {(WALL, "refuse_walled_off"), (WALL, "let_through"), (WALL, "is_walled_off")}
SOMEBODY = ("User", "Volunteer", "Contact", "OtherRecipient")

NEW = "nobody has a wall before he is accepted"
MEMBER = "takes only members of his circle, and whom the wall keeps out is none"
NO_CASE = "names somebody for a queue, a shift or a place, not for a core member"
OF_WHOM = "says whom it is about; they are told nothing"
WRITES_DOWN = "writes down what somebody did, or ends their part"
EXCUSED = {
    "accept_core_member": NEW,
    "start_referral": NEW,
    "agree_action": MEMBER,
    "give_action": MEMBER,
    "take_minutes": MEMBER,
    "offer_minutes": MEMBER,
    "name_team_manager": NO_CASE,
    "plan_shift": NO_CASE,
    "add_incident": OF_WHOM,
    "record_low_level": OF_WHOM,
    "save_draft": OF_WHOM,
    "add_contact": WRITES_DOWN,
    "remove_contact": WRITES_DOWN,
    "verify_contact": WRITES_DOWN,
    "end_contact": WRITES_DOWN,
    "record_leaver": WRITES_DOWN,
    "record_return": WRITES_DOWN,
}
"""Operations that name somebody and need not ask, each with its reason."""

TELLS_OF_NOBODY = {
    "volunteers.volunteer.operations": "a volunteer's own file",
    "concerns.drill.operations": "a rehearsal",
    "concerns.queue.operations": "a queue",
    "concerns.rota.operations": "a shift",
    "concerns.watch.unusual": "how somebody uses the service",
    "circles.venue.operations": "a place",
    "offenders.identity.operations": "tells his own coordinator, whom no wall keeps out",
    "offenders.identity.match_operations": "asks `visible_to` of each person it tells",
    "offenders.identity.erasure_operations": "asks `visible_to` of each person it tells",
    "concerns.watch.late_records": "besides late records, which say it, a month of low-level concerns about staff",
    "concerns.pattern.operations": "of several core members; it asks the wall of each",
}
"""Modules with alerts that say not which core member they are about, each with its reason."""


def names_somebody(function: ast.FunctionDef) -> bool:
    arguments = [*function.args.args, *function.args.kwonlyargs]
    named = [argument for argument in arguments if argument.annotation is not None and argument.arg != "by"]
    annotations = [ast.unparse(argument.annotation) for argument in named if argument.annotation is not None]
    words = {
        word
        for annotation in annotations
        for word in annotation.replace("[", " ").replace("]", " ").replace(",", " ").split()
    }
    return bool(words & set(SOMEBODY)) and {"by", "at"} <= {argument.arg for argument in arguments}


def operations_that_name() -> list[Name]:
    return [
        name
        for name, function in functions().items()
        if name[0].startswith(("offenders.", "circles.", "concerns."))
        and name[0].endswith("operations")
        and not name[1].startswith("_")
        and any("transaction.atomic" in ast.unparse(decorator) for decorator in function.decorator_list)
        and names_somebody(function)
    ]


def test_whoever_is_named_for_a_core_member_is_asked_of_his_wall() -> None:
    free = {name[1] for name in operations_that_name() if not functions_reached_from(name) & ASKS}
    assert free - set(EXCUSED) == set(), "ask refuse_walled_off of whoever is named, or say above why not"
    assert set(EXCUSED) - free == set(), "these ask now, or are gone: take them off the list"
    assert len(operations_that_name()) > 10


def test_each_alert_says_which_core_member_it_is_about() -> None:
    silent, told = set(), 0
    for module, tree in modules().items():
        if not module.startswith(("offenders.", "circles.", "concerns.", "volunteers.")):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "queue_alert":
                told += 1
                if not any(keyword.arg == "about" for keyword in node.keywords):
                    silent.add(module)
    assert told > 30
    assert silent == set(TELLS_OF_NOBODY)
