"""Whoever reads the database can open nothing with what is there, and nothing opens in another place."""

from __future__ import annotations

import ast
import re

from django.apps import apps

from tests.architecture.sources import short_path_of, sources, tree_of

TELLING = re.compile(r"token|secret|seed|cookie|passw|code|session|seal|(^|_)key$")
KEPT_SAFE = {
    "accounts_user.password": "argon2",
    "django_session.session_key": "the hash of the cookie (accounts/store.py)",
    "django_session.session_data": "sealed for its row (accounts/store.py)",
    "usersessions_usersession.session_key": "the name of the session's row, a hash",
    "accounts_keptform.sealed": "sealed for its form and its person (accounts/submissions.py)",
    "offenders_identity.sealed": "sealed for its row with the data key of the person",
    "offenders_identity.sealed_key": "the data key, sealed for its row (core/keyring.py)",
    "account_emailconfirmation.key": "nobody confirms an address here; the table stays empty",
}
OPENS_NOTHING = {
    "auth_permission.codename",
    "accounts_area.code",
    "circles_venue.place_code",
    "circles_circle.place_code",
    "circles_meeting.place_code",
    "circles_review.place_code",
    "circles_variation.place_code",
    "circles_instrument.key",
    "circles_instrumentitem.key",
    "circles_questionnaire.code",
    "alerts_alert.key",
    "alerts_mobile.code_sent_at",
    "alerts_mobile.wrong_codes",
    "accounts_submission.key",
    "accounts_keptform.key",
    "concerns_concern.submit_key",
    "concerns_concerndraft.submit_key",
}
"""Names of things, and keys that are asked for beside a session of the very person."""


def test_every_column_that_could_open_something_holds_a_hash_or_what_is_sealed() -> None:
    found = {
        f"{model._meta.db_table}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if TELLING.search(field.name)
    }
    assert {name for name in found if not name.endswith("_hash")} == KEPT_SAFE.keys() | OPENS_NOTHING
    assert sum(name.endswith("_hash") for name in found) >= 3


def test_nothing_is_sealed_without_saying_which_row_it_belongs_to() -> None:
    """A context that is the same for all would let one person's secret be copied to another's row."""
    loose, seals = [], 0
    for path in sources():
        for node in ast.walk(tree_of(path)):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in {"seal", "open"}
            ):
                contexts = [word.value for word in node.keywords if word.arg == "context"]
                seals += len(contexts)
                if any(isinstance(each, ast.Constant | ast.Name) for each in contexts):
                    loose.append(f"{short_path_of(path)}:{node.lineno}")
    assert seals >= 6
    assert loose == []
