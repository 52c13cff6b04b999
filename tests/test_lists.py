"""The lists of circles, core members, referrals, volunteers and people: found, narrowed and sorted by what stands in their address."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from circles.circle.models import Circle
from offenders.risk.operations import add_risk_assessment
from tests.offenders.referral import referrals
from tests.world import World
from volunteers.volunteer.models import Volunteer

As = Callable[[User], Client]

LISTS = ["circles:circles", "offenders:core_members", "offenders:referrals", "volunteers:volunteers", "accounts:people"]


def rows_listed(client: Client, name: str, query: str = "") -> list[str]:
    return [row.reference for row in client.get(f"{reverse(name)}?{query}").context["page"].object_list]


def test_hana_finds_a_circle_by_its_reference_however_she_writes_it_and_by_its_coordinator(
    world: World, as_person: As
) -> None:
    hana = as_person(world.hana)
    everything = rows_listed(hana, "circles:circles")
    assert len(everything) > 1
    assert rows_listed(hana, "circles:circles", "find=c 0142") == ["C-0142"]
    anns = [circle.reference for circle in Circle.objects.filter(coordinator=world.ann).order_by("reference")]
    assert rows_listed(hana, "circles:circles", "find=farrowby") == anns
    assert rows_listed(hana, "circles:circles", "state=closed") == []
    assert set(rows_listed(hana, "circles:circles", "order=newest")) == set(everything)


def test_ann_finds_a_volunteer_by_name_and_sees_who_waits(world: World, as_person: As) -> None:
    ann = as_person(world.ann)
    ben = Volunteer.objects.get(user=world.ben).reference
    assert rows_listed(ann, "volunteers:volunteers", "find=ashby") == [ben]
    for state in Volunteer.Status:
        found = set(rows_listed(ann, "volunteers:volunteers", f"state={state}"))
        assert found <= set(Volunteer.objects.filter(status=state).values_list("reference", flat=True))
        assert (ben in found) == (world.ben.volunteer.status == state)


def test_hana_lists_people_by_role_and_by_agency(world: World, as_person: As) -> None:
    hana = as_person(world.hana)
    assert world.esi.reference in rows_listed(hana, "accounts:people", "role=liaison")
    assert world.ben.reference not in rows_listed(hana, "accounts:people", "role=liaison")
    by_agency = list(
        User.objects.visible_to(world.hana)
        .order_by("agency__name", "full_name", "pk")
        .values_list("reference", flat=True)
    )
    assert rows_listed(hana, "accounts:people", "order=agency") == by_agency[:25]


def test_hana_finds_a_core_member_by_what_his_circle_calls_him_and_reads_how_many_there_are(
    world: World, as_person: As
) -> None:
    hana = as_person(world.hana)
    assert rows_listed(hana, "offenders:core_members", "find=paul") == ["EE-2417-K"]
    page = hana.get(f"{reverse('offenders:core_members')}?find=ee2417k").content.decode()
    assert "1 of 2 core members." in page


def test_a_name_in_a_circle_that_somebody_may_not_see_finds_them_nobody(world: World, as_person: As) -> None:
    """Ann has Paul; his circle is given to somebody else."""
    world.core_member.circles.update(coordinator=world.pat)
    assert rows_listed(as_person(world.ann), "offenders:core_members", "find=paul") == []
    assert rows_listed(as_person(world.ann), "offenders:core_members", "find=EE-2417-K") == ["EE-2417-K"]


def test_hana_narrows_core_members_by_area_coordinator_level_and_the_review_of_their_risk(
    world: World, as_person: As
) -> None:
    hana, his = as_person(world.hana), world.core_member
    add_risk_assessment(
        his,
        tool="arms",
        band=2,
        assessed_on=world.now.date() - timedelta(days=300),
        assessor="Esi Okafor, police",
        review_on=world.now.date() - timedelta(days=1),
        by=world.ann,
        at=world.now,
    )
    for query in ("risk=late", "order=risk", f"coordinator={world.ann.reference}", f"area={his.area.code}"):
        assert his.reference in rows_listed(hana, "offenders:core_members", query)
    assert rows_listed(hana, "offenders:core_members", "risk=late") == [his.reference]
    assert his.reference not in rows_listed(hana, "offenders:core_members", "risk=none")
    assert rows_listed(hana, "offenders:core_members", "level=3&risk=soon") == []


def test_ann_finds_a_referral_that_is_over_only_when_she_asks_for_it(world: World, as_person: As) -> None:
    ann, declined, open_one = as_person(world.ann), referrals.declined(world), referrals.submitted(world)
    assert rows_listed(ann, "offenders:referrals") == [open_one.reference]
    assert rows_listed(ann, "offenders:referrals", "state=declined&find=east+of+england") == [declined.reference]
    assert len(rows_listed(ann, "offenders:referrals", "state=every")) == 2


@pytest.mark.parametrize("name", LISTS)
def test_what_nobody_knows_narrows_nothing_and_what_was_chosen_stands_on_the_page(
    name: str, world: World, as_person: As
) -> None:
    hana = as_person(world.hana)
    nonsense = "state=nonsense&order=sideways&page=x&role=king&area=atlantis&coordinator=0&level=9&risk=never"
    assert rows_listed(hana, name, nonsense) == rows_listed(hana, name)
    page = hana.get(f"{reverse(name)}?find=nobody+at+all&order=newest").content.decode()
    for words in ('value="nobody at all"', "Nothing found: 0 ", "Show everything"):
        assert words in page


@pytest.mark.parametrize("name", LISTS)
def test_a_narrowed_list_costs_no_statement_more(name: str, world: World, as_person: As) -> None:
    hana = as_person(world.hana)
    hana.get(reverse(name))

    def cost(query: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            hana.get(f"{reverse(name)}?{query}")
        return len(asked)

    assert cost("find=a&state=active&order=newest") <= cost("")
