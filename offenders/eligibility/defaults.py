"""The criteria of a new service (domain.md 1.6). A manager drafts and publishes another version later."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.apps import apps

PROGRAMME = "Adult community circle"
SINCE = datetime(2026, 1, 1, tzinfo=UTC)

CRITERIA = (
    ("mandatory", "He was convicted of a sexual offence", "The record of convictions."),
    ("mandatory", "His risk is medium, high or very high", "The newest OASys or OSP result."),
    ("mandatory", "He is 18 or older", ""),
    ("mandatory", "He lives, or will live, in the area for the life of a circle", ""),
    ("mandatory", "He takes part of his own free will", "Ask him."),
    ("mandatory", "He wants not to offend again", ""),
    ("mandatory", "He would be open with volunteers", "Ask him."),
    ("mandatory", "The agencies that manage him will take part", ""),
    ("advisory", "He is socially isolated", "Whom he sees in a week."),
    ("advisory", "He accepts responsibility", "Some minimising is allowed."),
    ("exclusion", "He denies what he did altogether", ""),
    ("exclusion", "He might be violent to volunteers, or take a hostage", ""),
    ("exclusion", "He has a psychosis that is not treated", ""),
    ("exclusion", "He has severe psychopathy, or uses substances out of control", ""),
    ("exclusion", "Nobody supervises him", ""),
    ("exclusion", "Proceedings are open that a circle could disturb", ""),
)
"""The kind, what must, should or must not be so, and how to tell."""


def load_criteria(find: Callable[[str, str], Any] = apps.get_model) -> None:
    """Add the first version, published. `find` gives a model by app and name: today's, or a migration's own."""
    sets, criterion = find("offenders", "CriteriaSet").objects, find("offenders", "Criterion")
    if sets.filter(name=PROGRAMME).exists():
        return
    first = sets.create(name=PROGRAMME, version=1, drafted_at=SINCE)
    criterion.objects.bulk_create(
        criterion(criteria=first, kind=kind, words=words, hint=hint) for kind, words, hint in CRITERIA
    )
    first.in_force_since = SINCE
    first.save(update_fields=["in_force_since"])
