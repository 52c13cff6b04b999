"""A referral is somebody's work in each state, due when its clock runs out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from config.home import home_work_of
from core.errors import Refused
from core.worklist import WorkItem
from offenders.identity.erasure_operations import ask_for_erasure, erase_identity
from offenders.identity.operations import write_identity
from offenders.referral.answer_models import SectionAnswers
from offenders.referral.figures import days_in_words, figures_of
from offenders.referral.models import LAPSES_AFTER, Referral
from offenders.referral.screening_operations import acknowledge_referral, ask_for_information, note_document
from tests.offenders.identity.identities import jonah
from tests.offenders.referral import referrals
from tests.world import World

DAY = timedelta(days=1)
Due = Callable[[Referral], datetime | None]


def work_of(name: str, world: World, kind: str = "Referrals") -> list[WorkItem]:
    return [item for item in home_work_of(world.people[name], world.now).waiting if item.kind == kind]


@pytest.mark.parametrize(
    ("make", "title", "due"),
    [
        (referrals.started, "Finish the referral", lambda one: one.waits_since + LAPSES_AFTER),
        (referrals.submitted, "Acknowledge the referral", lambda one: one.acknowledge_by),
        (referrals.in_screening, "Screen the referral", lambda one: one.answer_by),
        (referrals.waiting, "No word from the referrer", lambda one: one.waits_since + LAPSES_AFTER),
        (referrals.in_assessment, "Assess him", lambda one: None),
        (referrals.with_panel, "The panel decides", lambda one: None),
    ],
)
def test_ann_has_it_on_her_list_with_its_day(
    make: Callable[[World], Referral], title: str, due: Due, world: World
) -> None:
    referral = make(world)
    [item] = work_of("ann", world)
    assert item.title.startswith(title)
    assert item.due_at == due(referral)
    assert referral.reference in item.detail
    assert work_of("pat", world) == work_of("esi", world) == []


def test_what_is_deferred_is_due_on_its_day_and_what_is_over_is_nobodys_work(world: World) -> None:
    referrals.declined(world)
    deferred = referrals.deferred(world)
    [item] = work_of("ann", world)
    assert item.due_at is not None
    assert item.due_at.date() == deferred.deferred_until


def test_a_late_answer_stands_on_hanas_wall(world: World) -> None:
    referral = referrals.in_screening(world)
    wall = home_work_of(world.hana, world.now + 30 * DAY).wall or []
    late = [item for group in wall if group.label == "Referrals" for item in group.items]
    assert [item.url for item in late] == [referral.get_absolute_url()]


def test_esi_has_a_view_to_give(world: World) -> None:
    referrals.with_panel(world)
    [item] = work_of("esi", world, "Views of a panel")
    assert item.title == "Read a referral and give your view"


def test_once_the_day_is_over_by_which_it_was_asked_ann_must_ring(world: World) -> None:
    referral = referrals.in_screening(world)
    today = world.now.date()
    with pytest.raises(Refused, match="That day is over"):
        ask_for_information(referral, asked_for="A plan.", asked_until=today - DAY, by=world.ann, at=world.now)
    ask_for_information(referral, asked_for="A plan.", asked_until=today + DAY, by=world.ann, at=world.now)
    for days, title, late in ((0, "No word", False), (1, "No word", False), (2, "Nothing came by", True)):
        items = home_work_of(world.ann, world.now + days * DAY).waiting
        [item] = [item for item in items if item.kind == "Referrals"]
        assert (item.title.startswith(title), item.must_act) == (True, late), days


def test_a_paper_is_on_anns_list_a_week_before_it_goes_back_until_it_has(world: World) -> None:
    today, facts = world.now.date(), {"kind": "oasys", "by": world.ann, "at": world.now}
    referral = referrals.submitted(world)
    note_document(referral, had_on=today, return_on=today + 8 * DAY, **facts)
    assert not work_of("ann", world, "Papers to give back")
    note_document(referral, had_on=today, return_on=today + 7 * DAY, **facts)
    [item] = work_of("ann", world, "Papers to give back")
    assert item.title.endswith("OASys or AssetPlus")
    assert work_of("pat", world, "Papers to give back") == []
    with pytest.raises(Refused, match="after it came"):
        note_document(referral, had_on=today, returned_on=today - DAY, **facts)
    note_document(referral, had_on=today, return_on=today + 7 * DAY, returned_on=today, **facts)
    assert not work_of("ann", world, "Papers to give back")


def test_a_year_after_it_led_to_nothing_hana_and_fay_are_asked_to_erase_his_name(world: World) -> None:
    referral = referrals.declined(world)
    write_identity(referral, jonah(), by=world.ann, at=world.now)

    def asked(name: str, days: int) -> bool:
        items = home_work_of(world.people[name], world.now + days * DAY).waiting
        return any(item.kind == "Referrals kept too long" for item in items)

    assert [asked("hana", 364), asked("hana", 366), asked("fay", 366), asked("ann", 366)] == [False, True, True, False]
    ask_for_erasure(referral, by=world.hana, at=world.now + 366 * DAY)
    assert not asked("hana", 366)
    assert SectionAnswers.objects.filter(referral=referral).exists()
    erase_identity(referral, by=world.fay, at=world.now + 366 * DAY)
    assert not SectionAnswers.objects.filter(referral=referral).exists()
    assert Referral.objects.get().decline_reason == "not_now"


def test_the_figures_count_states_and_reasons_and_the_middle_of_the_days(world: World) -> None:
    for days in (1, 2, 4):
        acknowledge_referral(referrals.submitted(world), by=world.ann, at=world.now + days * DAY)
    referrals.declined(world)
    figures = figures_of(Referral.objects.all(), at=world.now + DAY)
    assert (figures.total, dict(figures.states)["Being screened"], dict(figures.states)["Declined"]) == (4, 3, 1)
    assert dict(figures.reasons)["It is not the right time for a circle"] == 1
    assert days_in_words(figures.acknowledged_in) == "Half of them within 1.5 days"
    assert days_in_words(figures.answered_in) == "Half of them within 0 days"
    assert days_in_words(figures_of(Referral.objects.none(), at=world.now).answered_in) == "None yet"
