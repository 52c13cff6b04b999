"""What holds of every record: it is no sight of somebody who may not sign in, and as a text it says nobody's words."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.exceptions import EmptyResultSet
from django.db import models

from accounts.access import Role
from accounts.models import User
from tests.world import World

OURS = {"accounts", "alerts", "audit", "circles", "concerns", "core", "offenders", "volunteers"}
MODELS = [model for model in apps.get_models() if model.__module__.partition(".")[0] in OURS]
SHOWN = [model for model in MODELS if hasattr(model._default_manager, "visible_to")]
NAMED = [model for model in MODELS if "__str__" in vars(model)]

WORDS = "Ben Ashby said it"
CALLED_BY_NAME = {
    "Area",
    "CriteriaSet",
    "Criterion",
    "Instrument",
    "InstrumentItem",
    "Questionnaire",
    "SecureDomain",
}
"""What is named in public: none of these is a person, nor about one."""

OF_THE_CODE = {"field", "section"}
"""Texts that name a part of a form. Nobody writes them."""


@pytest.mark.parametrize("model", SHOWN, ids=[model.__name__ for model in SHOWN])
def test_whoever_may_not_sign_in_sees_none_whatever_roles_they_had(model: type[models.Model], world: World) -> None:
    hana = User.objects.get(pk=world.hana.pk)
    hana.groups.set(Group.objects.filter(name__in=Role.values))
    hana.is_active = False
    seen = model._default_manager.visible_to(hana)  # type: ignore[attr-defined]
    try:
        str(seen.query)
    except EmptyResultSet:
        return  # the database is not even asked
    assert not seen.exists()


def _instance_of(model: type[models.Model], inside: frozenset[type[models.Model]] = frozenset()) -> models.Model:
    """A record of this kind, unsaved, with the same words in every text and a number in every reference."""
    values: dict[str, Any] = {"pk": 7 if isinstance(model._meta.pk, models.AutoField) else "7"}
    for field in model._meta.concrete_fields:
        if field.primary_key:
            continue
        if isinstance(field, models.ForeignKey):
            other = field.related_model
            if not field.null and isinstance(other, type) and other not in inside:
                values[field.name] = _instance_of(other, inside | {model})
        elif field.name == "reference":
            values["reference"] = "R-7"
        elif isinstance(field, models.DateField):
            day = datetime(2026, 6, 17, 20, 30, tzinfo=UTC)
            values[field.name] = day if isinstance(field, models.DateTimeField) else day.date()
        elif field.name in OF_THE_CODE:
            values[field.name] = "his_week"
        elif isinstance(field, models.CharField | models.TextField) and not field.choices:
            values[field.name] = WORDS
    return model(**values)


@pytest.mark.parametrize("model", NAMED, ids=[model.__name__ for model in NAMED])
def test_as_a_text_in_a_log_or_a_message_it_has_a_reference_or_a_number_and_nobodys_words(
    model: type[models.Model],
) -> None:
    assert ("Ashby" in str(_instance_of(model))) is (model.__name__ in CALLED_BY_NAME)
