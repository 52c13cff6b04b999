"""Tables made at once are the same tables, in whatever order they point at each other."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, migrations, models, transaction
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from core.migrating import CreateModels
from tests.owner import let_app_make_tables

LETTER, STAMP = "core_letter", "core_stamp"


def circular_models() -> Operation:
    letter = migrations.CreateModel(
        "Letter",
        [("id", models.BigAutoField(primary_key=True)), ("stamp", models.ForeignKey("core.stamp", models.PROTECT))],
    )
    stamp = migrations.CreateModel(
        "Stamp",
        [
            ("id", models.BigAutoField(primary_key=True)),
            ("on", models.ForeignKey("core.letter", models.PROTECT, null=True)),
        ],
    )
    return CreateModels([letter, stamp])


def apply_operation(operation: Operation) -> tuple[ProjectState, ProjectState]:
    before, after = ProjectState(), ProjectState()
    let_app_make_tables()
    assert after.apps is not None  # drawn already, as while migrating
    operation.state_forwards("core", after)
    with connection.schema_editor() as editor:
        operation.database_forwards("core", editor, before, after)
    return before, after


def tables() -> set[str]:
    return {LETTER, STAMP} & set(connection.introspection.table_names())


@pytest.mark.django_db
def test_two_tables_that_point_at_each_other_are_made_and_taken_away() -> None:
    operation = circular_models()
    before, after = apply_operation(operation)
    assert tables() == {LETTER, STAMP}
    with connection.schema_editor() as editor:
        operation.database_backwards("core", editor, after, before)
    assert tables() == set()


@pytest.mark.django_db
def test_the_database_holds_them_to_what_they_point_at() -> None:
    _, after = apply_operation(circular_models())
    letter = after.apps.get_model("core", "Letter")

    def send_with_no_stamp() -> None:
        letter.objects.create(stamp_id=7)
        connection.check_constraints()

    with pytest.raises(IntegrityError), transaction.atomic():
        send_with_no_stamp()
