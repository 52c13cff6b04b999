"""Serious incidents: decided promptly and with a reason, by the safeguarding lead or the director."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from alerts.message.models import Alert
from audit.models import Act, Entry
from concerns.incident.models import SeriousIncident
from concerns.incident.operations import decide_not_to_report, decide_to_report, report_incident
from concerns.watch.late_records import tell_of_late
from concerns.worklist import work_of
from core.errors import MoveNotAllowed, Refused
from core.worktime import LONDON
from tests.concerns.reading import As
from tests.concerns.register.keeping import incident
from tests.world import World

Status = SeriousIncident.Status
MONDAY_TEN = datetime(2026, 3, 9, 10, tzinfo=LONDON)
DAY = timedelta(days=1)
WHY = {"decided_with": "The trustees", "reason": "A volunteer was alone with him for weeks."}


def candidate(world: World) -> SeriousIncident:
    return incident(world, known_at=MONDAY_TEN, at=MONDAY_TEN)


def titles(person: object, moment: datetime) -> list[str]:
    return [item.title for item in work_of(person, moment) if "/incidents/" in item.url]  # type: ignore[arg-type]


def test_two_working_days_to_decide_and_one_to_report(world: World) -> None:
    found = candidate(world)
    assert found.due_at == MONDAY_TEN + 2 * DAY
    found = decide_to_report(found, **WHY, by=world.fay, at=MONDAY_TEN + DAY)
    assert (found.status, found.due_at) == (Status.TO_REPORT, MONDAY_TEN + 2 * DAY)
    found = report_incident(found, their_reference="RSI-1", by=world.fay, at=MONDAY_TEN + DAY)
    assert (found.status, found.due_at) == (Status.REPORTED, None)


def test_fay_and_kit_decide_and_hana_does_not(world: World) -> None:
    for person in (world.hana, world.ann, world.jo):
        with pytest.raises(PermissionDenied):
            decide_to_report(candidate(world), **WHY, by=person, at=MONDAY_TEN)
    for person in (world.fay, world.kit):
        found = decide_not_to_report(candidate(world), **WHY, by=person, at=MONDAY_TEN)
        assert (found.status, found.reason) == (Status.NOT_REPORTED, WHY["reason"])


@pytest.mark.parametrize("decide", [decide_to_report, decide_not_to_report])
@pytest.mark.parametrize("missing", ["decided_with", "reason"])
def test_a_decision_says_who_and_why_either_way(world: World, decide: object, missing: str) -> None:
    with pytest.raises(Refused) as refusal:
        decide(candidate(world), **{**WHY, missing: " "}, by=world.fay, at=MONDAY_TEN)  # type: ignore[operator]
    assert refusal.value.field == missing


def test_nothing_is_reported_that_was_not_decided(world: World) -> None:
    with pytest.raises(MoveNotAllowed):
        report_incident(candidate(world), their_reference="RSI-1", by=world.fay, at=MONDAY_TEN)
    with pytest.raises(IntegrityError, match="incident_decided_for_a_reason"), transaction.atomic():
        SeriousIncident.objects.filter(pk=candidate(world).pk).update(status="to_report")


def test_it_waits_for_those_who_see_it_until_it_is_reported(world: World) -> None:
    found = candidate(world)
    for person in (world.fay, world.hana, world.kit):
        assert titles(person, MONDAY_TEN) == ["Decide whether it is a serious incident"]
    assert titles(world.ann, MONDAY_TEN) == []
    found = decide_to_report(found, **WHY, by=world.kit, at=MONDAY_TEN)
    assert titles(world.fay, MONDAY_TEN) == ["Report the serious incident"]
    report_incident(found, their_reference="RSI-1", by=world.fay, at=MONDAY_TEN)
    assert titles(world.fay, MONDAY_TEN) == []
    entry = Entry.objects.get(reference=found.reference, act=Act.SHARED)
    assert entry.recipient == "Charity Commission"


def test_one_about_kit_is_nothing_to_kit(world: World, as_person: As) -> None:
    found = incident(world, about=world.kit, known_at=MONDAY_TEN, at=MONDAY_TEN)
    assert as_person(world.kit).get(found.get_absolute_url()).status_code == 404
    assert titles(world.kit, MONDAY_TEN) == []
    with pytest.raises(PermissionDenied):
        decide_not_to_report(found, **WHY, by=world.kit, at=MONDAY_TEN)
    tell_of_late(at=MONDAY_TEN + 4 * DAY)
    told = Alert.objects.filter(key__startswith=f"{found.reference}:late:").values_list(
        "recipient__first_name", flat=True
    )
    assert set(told) == {"Hana", "Fay"}


def test_a_late_decision_is_told_to_kit_too_and_the_report_anew(world: World) -> None:
    found = candidate(world)
    assert [tell_of_late(at=MONDAY_TEN + 3 * DAY) for _ in range(2)] == [1, 0]
    told = Alert.objects.filter(key__startswith=f"{found.reference}:late:").values_list(
        "recipient__first_name", flat=True
    )
    assert set(told) == {"Hana", "Fay", "Kit"}
    decide_to_report(found, **WHY, by=world.fay, at=MONDAY_TEN + 3 * DAY)
    assert tell_of_late(at=MONDAY_TEN + 8 * DAY) == 1


def test_the_director_reads_incidents_and_no_other_register(world: World, as_person: As) -> None:
    page = as_person(world.kit).get("/concerns/registers/").content.decode()
    assert "Serious incidents" in page
    assert "Low-level concerns" not in page
