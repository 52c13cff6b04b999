"""Nothing is deleted by accident, and every table is audited or excused. tests/constraints/ sees what tables refuse."""

from __future__ import annotations

from typing import Any

import pytest
from auditlog.registry import auditlog
from django.apps import apps
from django.db import models

from tests.architecture.sources import DOMAIN

MODELS = [model for model in apps.get_models() if model._meta.app_label in DOMAIN]

CASCADES = {
    "circles.Attendance.meeting": "a tap on the log goes with the log",
    "concerns.QueueGroupPermission.content_object": "no grant outlives its queue",
    "concerns.QueueUserPermission.content_object": "the same; the table stays empty",
    "concerns.QueueUserPermission.permission": "guardian's own field",
    "concerns.QueueUserPermission.user": "guardian's own field; the table stays empty",
    "concerns.QueueGroupPermission.group": "no grant outlives its team",
    "concerns.QueueGroupPermission.permission": "guardian's own field",
}

NOT_AUDITED = {
    "audit.Entry": "it is the record",
    "accounts.AccountEvent": "it is the story",
    "circles.CalendarEvent": "digests of what a calendar was told, and no narrative",
    "accounts.Submission": "keyed hashes of what was sent and where it led, forgotten after a month",
    "accounts.KeptForm": "sealed words on their way to being sent, forgotten after a day",
    "alerts.Alert": "the outbox is its own record, with its attempts",
    "alerts.Attempt": "one line of the outbox's record",
    "alerts.Heartbeat": "a clock, with no person in it",
    "circles.CircleEvent": "it is the story",
    "circles.Presence": "who is on a page, forgotten after a minute",
    "offenders.Identity": "sealed; who wrote or revealed it is in the trail",
    "offenders.IdentityIndex": "keyed hashes, which say nothing",
    "concerns.ConcernEvent": "it is the story",
    "offenders.ReferralEvent": "it is the story",
    "concerns.EscalationStep": "the engine's own; who was told, and when, is in the story and the outbox",
    "concerns.ShareEvent": "it is the story",
    "concerns.RecordEvent": "it is the story",
    "concerns.ConcernDraft": "its author's alone until it is sent; only narrative",
}


def fields(kind: type[models.Field[Any, Any]]) -> list[tuple[type[models.Model], Any]]:
    return [(model, field) for model in MODELS for field in model._meta.local_fields if isinstance(field, kind)]


def test_nothing_is_deleted_by_accident() -> None:
    cascading = {
        f"{model._meta.label}.{field.name}"
        for model, field in fields(models.ForeignKey)
        if field.remote_field.on_delete is models.CASCADE
    }
    assert cascading - set(CASCADES) == set()


@pytest.mark.parametrize("model", MODELS, ids=[model._meta.label for model in MODELS])
def test_every_table_is_audited_or_excused(model: type[models.Model]) -> None:
    assert auditlog.contains(model) != (model._meta.label in NOT_AUDITED)


@pytest.mark.parametrize("model", MODELS, ids=[model._meta.label for model in MODELS])
def test_no_narrative_reaches_the_field_log(model: type[models.Model]) -> None:
    """Field changes never hold free text (design: field changes, never narrative, never identity)."""
    if not auditlog.contains(model):
        return
    logged = auditlog.get_model_fields(model)["include_fields"]
    narrative = [field.name for field in model._meta.local_fields if isinstance(field, models.TextField)]
    assert logged or not narrative
    assert set(logged) & set(narrative) == set()


def test_there_are_no_uploads() -> None:
    assert fields(models.FileField) == []
