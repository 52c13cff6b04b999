"""Another agency leads from a day on, with a reason; the old lead stays on record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.operations import suspend_person
from audit.models import Entry
from core.errors import Refused
from offenders.core_member.models import CoreMember
from offenders.lead.models import LeadChange
from offenders.lead.operations import change_lead
from tests.circles.life.preparing import today
from tests.owner import let_app_change
from tests.world import World

DAY = timedelta(days=1)


def give_lead_to(world: World, lead_agency: str, days: int = 0, by: User | None = None, **more: object) -> LeadChange:
    return change_lead(
        world.core_member,
        lead_agency=lead_agency,
        changed_on=today(world) + days * DAY,
        by=by or world.ann,
        at=world.now,
        **{"why": "His licence ended."} | more,
    )  # type: ignore[arg-type]


def test_every_lead_he_had_can_be_read_in_order(world: World) -> None:
    give_lead_to(world, "probation", days=-20)
    give_lead_to(world, "police", days=-1, practitioner=world.esi)
    changes = LeadChange.objects.filter(core_member=world.core_member).order_by("changed_on")
    assert [(each.was, each.became) for each in changes] == [("police", "probation"), ("probation", "police")]
    assert list(LeadChange.objects.latest_per_core_member()) == [changes[1]]
    assert CoreMember.objects.get(pk=world.core_member.pk).practitioner == world.esi
    assert Entry.objects.filter(note="lead agency changed").count() == 2


def test_without_a_new_practitioner_nobody_of_the_old_agency_is_told_first_any_more(world: World) -> None:
    assert world.core_member.practitioner is not None
    give_lead_to(world, "probation")
    assert CoreMember.objects.get(pk=world.core_member.pk).practitioner is None


@pytest.mark.parametrize(
    ("lead", "days", "more", "field", "words"),
    [
        ("police", 0, {}, "lead_agency", "Police leads already"),
        ("probation", 1, {}, "changed_on", "not come yet"),
        ("probation", 0, {"why": " "}, "why", "Say why"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    world: World, lead: str, days: int, more: dict[str, str], field: str, words: str
) -> None:
    with pytest.raises(Refused, match=words) as refused:
        give_lead_to(world, lead, days, **more)
    assert refused.value.field == field
    assert not LeadChange.objects.exists()


def test_the_lead_does_not_change_before_it_last_changed(world: World) -> None:
    give_lead_to(world, "probation")
    with pytest.raises(Refused, match="Give a later day"):
        give_lead_to(world, "police", days=-3)


def test_somebody_who_can_no_longer_sign_in_is_nobodys_practitioner(world: World) -> None:
    suspend_person(world.esi, by=world.hana, at=world.now)
    with pytest.raises(Refused, match="no longer sign in"):
        give_lead_to(world, "probation", practitioner=User.objects.get(pk=world.esi.pk))


def test_ben_and_pat_may_not_and_hana_may(world: World) -> None:
    for person in (world.ben, world.pat, world.esi):
        with pytest.raises(PermissionDenied):
            give_lead_to(world, "probation", by=person)
    assert give_lead_to(world, "probation", by=world.hana).noted_by == world.hana


def test_the_database_wants_two_agencies_and_a_reason(world: World) -> None:
    change = give_lead_to(world, "probation")
    let_app_change("offenders_leadchange")
    for wrong in ({"was": "probation"}, {"why": ""}, {"became": "the council"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            LeadChange.objects.filter(pk=change.pk).update(**wrong)


def test_ann_writes_it_down_on_the_page_and_reads_it_there(world: World, as_person: Callable[[User], Client]) -> None:
    ann, day = as_person(world.ann), today(world)
    address = reverse("offenders:change_lead", args=["EE-2417-K"])
    assert "Police leads until now" in ann.get(address).content.decode()
    sent = {
        "lead_agency": "probation",
        "why": "A new order.",
        "changed_on_day": day.day,
        "changed_on_month": day.month,
        "changed_on_year": day.year,
    }
    page = ann.post(address, sent, follow=True).content.decode()
    assert "Probation leads now." in page
    assert "A new order." in page


def test_the_database_holds_that_the_last_change_says_what_the_record_says(world: World) -> None:
    change_lead(
        world.core_member, lead_agency="probation", changed_on=world.now.date(), why="So.", by=world.ann, at=world.now
    )
    with transaction.atomic():
        CoreMember.objects.filter(pk=world.core_member.pk).update(lead_agency="police")
        with pytest.raises(IntegrityError, match="says what the record says"), transaction.atomic():
            connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)
