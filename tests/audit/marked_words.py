"""Marks every word people wrote, so that a page can be asked whose words it holds.

A mark names the row it stands in: `zq12x34z` is row 34 of the twelfth model. Whose words a row's are is found by
following its foreign keys to the nearest records that a page opens.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection, models

from circles.circle.models import Circle
from circles.meeting.models import Meeting
from circles.minutes_share.models import MinutesShare
from circles.review.models import Review
from circles.risk.models import RiskReview
from circles.venue.models import Venue
from concerns.concern.draft_models import ConcernDraft
from concerns.concern.models import Concern
from concerns.disclosure.models import DisclosureRequest
from concerns.incident.models import SeriousIncident
from concerns.low_level.models import LowLevelConcern
from concerns.pattern.models import Pattern
from concerns.referral.models import SafeguardingReferral
from concerns.routing.models import RoutingVersion
from concerns.share.models import Share
from core.fingerprint import fingerprint_of
from offenders.core_member.models import CoreMember
from volunteers.volunteer.models import Volunteer

OPENED_MODELS: list[type[models.Model]] = [
    Circle,
    Meeting,
    MinutesShare,
    Review,
    RiskReview,
    Venue,
    Concern,
    DisclosureRequest,
    LowLevelConcern,
    Pattern,
    RoutingVersion,
    SafeguardingReferral,
    SeriousIncident,
    Share,
    CoreMember,
    Volunteer,
]
"""Every record that a page opens."""

PRIVATE_MODELS = [ConcernDraft]
"""What its writer alone reads."""

APPS = ("circles", "concerns", "offenders", "volunteers")
NARRATIVE = 200
"""A line of text this long or longer is narrative; a shorter one is a name."""

MARK = re.compile(r"zq(\d+)x(\d+)z")


@cache
def _models_with_words() -> list[tuple[type[models.Model], list[str]]]:
    found = []
    for app in APPS:
        for model in apps.get_app_config(app).get_models():
            words = [field.name for field in model._meta.concrete_fields if _is_narrative(field)]
            if words and model not in PRIVATE_MODELS:
                found.append((model, words))
    return found


def _is_narrative(field: Any) -> bool:
    if isinstance(field, models.TextField):
        return True
    return isinstance(field, models.CharField) and (field.max_length or 0) >= NARRATIVE and not field.choices


STATEMENTS: list[str] = []
"""One statement for each model whose rows the service may change; found at the first try."""


def mark_every_word() -> None:
    """Put the row's mark before everything that is written, and take the fingerprints anew."""
    if not STATEMENTS:
        STATEMENTS.extend(_allowed_statements())
    with connection.cursor() as cursor:
        cursor.execute(";".join(STATEMENTS))
    for share in Share.objects.all():
        Share.objects.filter(pk=share.pk).update(text_hash=fingerprint_of(share.text))


def _allowed_statements() -> Iterator[str]:
    """Rows that are written once refuse to be marked, as they should."""
    for number, (model, words) in enumerate(_models_with_words()):
        marking = _marking_statement_of(number, model, words)
        table = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT has_table_privilege(%s, 'UPDATE') AND NOT EXISTS "
                "(SELECT FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal)",
                [table, table],
            )
            if cursor.fetchone() == (True,):
                yield marking


def _marking_statement_of(number: int, model: type[models.Model], words: list[str]) -> str:
    columns = [model._meta.get_field(name).column for name in words]
    marked = ", ".join(
        f"{column} = CASE WHEN {column} = '' THEN '' ELSE 'zq{number}x' || id || 'z ' || {column} END"
        for column in columns
    )
    return f"UPDATE {model._meta.db_table} SET {marked}"  # noqa: S608 - the models' own names


def owners_of_marks(text: str) -> Iterator[set[str]]:
    """For every marked row whose words stand in the text, the references of the records they belong to."""
    for number, key in {(int(number), int(key)) for number, key in MARK.findall(text)}:
        model, _ = _models_with_words()[number]
        owners = _owners_of(model._default_manager.get(pk=key))
        if owners:
            yield owners


def _owners_of(row: Any) -> set[str]:
    """The row itself, if a page opens it; else the nearest such records along its foreign keys."""
    if type(row) in OPENED_MODELS:
        return {row.reference}
    near = [getattr(row, field.name) for field in row._meta.concrete_fields if _links_to_our_record(field)]
    near = [other for other in near if other is not None]
    opened = {other.reference for other in near if type(other) in OPENED_MODELS}
    return opened or {reference for other in near for reference in _owners_of(other)}


def _links_to_our_record(field: Any) -> bool:
    return isinstance(field, models.ForeignKey) and field.related_model._meta.app_label in APPS
