"""What assessments found of Paul's risk: the newest of each tool holds, the badge is the highest, a late review is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from alerts.message.models import Alert
from audit.models import Entry
from circles.worklist import work_of
from core.errors import Refused
from offenders.core_member.models import CoreMember
from offenders.risk.models import RiskAssessment, RiskNote, badge_columns
from offenders.risk.operations import (
    add_risk_assessment,
    tell_of_late_reviews,
    withdraw_risk_assessment,
    write_risk_note,
)
from tests.offenders.risk.rows import assess
from tests.world import World

DAY = timedelta(days=1)


def badge(world: World) -> tuple[int | None, int | None]:
    """The highest band, and in how many days a review is due."""
    paul = (
        CoreMember.objects.annotate(**badge_columns())
        .values("risk_band", "risk_review_on")
        .get(pk=world.core_member.pk)
    )
    review_on = paul["risk_review_on"]
    return paul["risk_band"], None if review_on is None else (review_on - world.now.date()).days


def test_nobody_has_assessed_him(world: World) -> None:
    assert badge(world) == (None, None)


def test_of_each_tool_the_newest_holds_and_the_badge_is_the_highest_of_them(world: World) -> None:
    assess(world, "oasys", band=4, days=300, due=5)
    assess(world, "oasys", band=2, days=30, due=150)
    assess(world, "arms", band=3, days=400, due=20)
    assert badge(world) == (3, 20)


def test_one_assessed_long_ago_and_written_down_today_does_not_hold(world: World) -> None:
    assess(world, "oasys", band=2, days=30, due=150)
    assess(world, "oasys", band=4, days=300, due=5)
    assert badge(world) == (2, 150)


def test_a_mistake_counts_no_more_and_what_stood_before_holds_again(world: World) -> None:
    assess(world, band=2, days=300)
    mistake = assess(world, band=4, days=3)
    withdraw_risk_assessment(mistake, reason="It was another man’s.", by=world.ann, at=world.now)
    assert badge(world)[0] == 2
    with pytest.raises(Refused, match="already"):
        withdraw_risk_assessment(mistake, reason="Again.", by=world.ann, at=world.now)
    assert Entry.objects.filter(note="risk assessment withdrawn", reference=world.core_member.reference).count() == 1


def test_ann_is_asked_four_weeks_before_and_a_late_one_says_act_now(world: World) -> None:
    assess(world, due=40)
    assert not demands_on_ann(world)
    assess(world, "arms", due=20)
    assert demands_on_ann(world) == [False]
    assert demands_on_ann(world, after=21 * DAY) == [True]


def demands_on_ann(world: World, after: timedelta = timedelta()) -> list[bool]:
    """Whether each line of Ann's about it must be acted on now."""
    lines = work_of(world.ann, world.now + after)
    return [item.must_act for item in lines if "new risk assessment" in item.title]


def test_ann_is_told_when_it_is_late_hana_a_week_later_and_fay_after_four(world: World) -> None:
    assess(world, due=1)
    assert tell_of_late_reviews(at=world.now + DAY) == 0
    first = {world.ann}
    for days, told in [
        (2, first),
        (3, first),
        (8, first),
        (9, {*first, world.hana}),
        (30, {*first, world.hana, world.fay}),
    ]:
        assert tell_of_late_reviews(at=world.now + days * DAY) == 1
        alerts = Alert.objects.filter(key__contains=":risk-late:", channel="inbox")
        assert sorted(alert.recipient_id for alert in alerts) == sorted(person.pk for person in told), days
        assert {alert.link for alert in alerts} == {world.core_member.get_absolute_url()}


def test_once_it_is_reviewed_nobody_is_told(world: World) -> None:
    assess(world, due=1)
    assess(world, days=1, due=100)
    assert tell_of_late_reviews(at=world.now + 5 * DAY) == 0


def test_what_stood_under_a_heading_stays(world: World) -> None:
    for words in ("He is alone.", "He sees his sister."):
        write_risk_note(world.core_member, heading="needs", words=words, by=world.ann, at=world.now)
    assert list(RiskNote.objects.order_by("pk").values_list("words", flat=True)) == [
        "He is alone.",
        "He sees his sister.",
    ]
    with pytest.raises(DatabaseError), transaction.atomic():
        RiskNote.objects.update(words="Nothing.")


@pytest.mark.parametrize(
    ("days", "due", "assessor", "field"),
    [(-1, 30, "Sgt Okafor", "assessed_on"), (5, -6, "Sgt Okafor", "review_on"), (5, 30, " ", "assessor")],
)
def test_what_cannot_be_is_refused(world: World, days: int, due: int, assessor: str, field: str) -> None:
    day = world.now.date()
    with pytest.raises(Refused) as refused:
        add_risk_assessment(
            world.core_member,
            tool="arms",
            band=2,
            assessed_on=day - days * DAY,
            assessor=assessor,
            review_on=day + due * DAY,
            by=world.ann,
            at=world.now,
        )
    assert refused.value.field == field


def test_ben_pat_and_esi_neither_write_nor_read_it(world: World) -> None:
    assess(world)
    for person in (world.ben, world.pat, world.esi):
        assert not RiskAssessment.objects.visible_to(person).exists()
        with pytest.raises(PermissionDenied):
            write_risk_note(world.core_member, heading="needs", words="So.", by=person, at=world.now)
