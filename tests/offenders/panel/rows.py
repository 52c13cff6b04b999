"""The pages of the assessment and the panel."""

from __future__ import annotations

from typing import Any

from offenders.panel.access import people_for_the_panel
from offenders.panel.models import Seat, SignOff
from offenders.panel.operations import seat_member
from offenders.panel.risk_models import VolunteerRisk
from tests.circles.life.rows import date_of
from tests.offenders.eligibility.rows import OVERRULES
from tests.offenders.referral import referrals
from tests.offenders.referral.rows import SEE, arguments_of, has_status
from tests.table import Page, acts, who
from tests.world import World


def seat_on(world: World) -> list[Any]:
    return [Seat.objects.get(referral=referrals.with_panel(world)).reference]


def seat_of(world: World) -> list[Any]:
    seat = Seat.objects.get(referral=referrals.with_panel(world))
    return [seat.referral.reference, seat.reference]


def two_more(world: World) -> None:
    referral = Seat.objects.earliest("pk").referral
    seated = Seat.objects.filter(referral=referral).values("person")
    for person in people_for_the_panel().exclude(pk__in=seated)[:2]:
        seat_member(referral, person=person, by=world.ann, at=world.now)


ACCEPTED = {"category": "1", "level": "1", "lead_agency": "police", "reasons": "The panel agreed."}
ACCEPT = acts("coordinator", "manager", see=SEE)

PAGES = [
    Page("offenders:assessment", of=arguments_of(referrals.with_panel), opens=who(*SEE), queries=12, grows=two_more),
    Page("offenders:sign_off_assessment", of=arguments_of(referrals.in_assessment), opens=who(*SEE), queries=6),
    Page(
        "offenders:sign_off_assessment",
        of=arguments_of(referrals.in_assessment),
        opens=who(*SEE),
        posts=lambda world: {"words": "I talked to him twice."},
        makes=lambda world: SignOff.objects.exists(),
    ),
    Page("offenders:assess_volunteer_risk", of=arguments_of(referrals.in_assessment), opens=who(*SEE), queries=6),
    Page(
        "offenders:assess_volunteer_risk",
        of=arguments_of(referrals.in_assessment),
        opens=who(*SEE),
        posts=lambda world: {"rating": "low", "words": "No violence."},
        makes=lambda world: VolunteerRisk.objects.exists(),
    ),
    Page("offenders:complete_assessment", of=arguments_of(referrals.assessed), opens=who(*SEE), queries=6),
    Page(
        "offenders:complete_assessment",
        of=arguments_of(referrals.assessed),
        opens=who(*SEE),
        posts=lambda world: {},
        makes=has_status("panel"),
    ),
    Page("offenders:seat_member", of=arguments_of(referrals.in_assessment), opens=who(*SEE), queries=7),
    Page(
        "offenders:seat_member",
        of=arguments_of(referrals.in_assessment),
        opens=who(*SEE),
        posts=lambda world: {"person": world.oz.pk},
        makes=lambda world: Seat.objects.filter(person=world.oz).exists(),
    ),
    Page(
        "offenders:end_seat",
        of=seat_of,
        opens=who(*SEE),
        posts=lambda world: {},
        makes=lambda world: Seat.objects.exclude(ended_at=None).exists(),
    ),
    Page("offenders:defer_referral", of=arguments_of(referrals.with_panel), opens=who(*SEE), queries=6),
    Page(
        "offenders:defer_referral",
        of=arguments_of(referrals.with_panel),
        opens=who(*SEE),
        posts=lambda world: {"reasons": "He moves house."} | date_of("until", world, 30),
        makes=has_status("deferred"),
    ),
    Page("offenders:resume_referral", of=arguments_of(referrals.deferred), opens=who(*SEE), queries=6),
    Page(
        "offenders:resume_referral",
        of=arguments_of(referrals.deferred),
        opens=who(*SEE),
        posts=lambda world: {},
        makes=has_status("panel"),
    ),
    Page("offenders:accept_referral", of=arguments_of(referrals.viewed), opens=ACCEPT, queries=9),
    Page(
        "offenders:accept_referral",
        of=arguments_of(referrals.viewed),
        opens=ACCEPT,
        posts=lambda world: ACCEPTED,
        makes=has_status("accepted"),
    ),
    Page("offenders:uphold_appeal", of=arguments_of(referrals.declined), opens=OVERRULES, queries=6),
    Page(
        "offenders:uphold_appeal",
        of=arguments_of(referrals.declined_by_panel),
        opens=OVERRULES,
        posts=lambda world: {"reasons": "New facts."},
        makes=has_status("panel"),
    ),
    Page("offenders:panel_seat", of=seat_on, opens=who(*SEE, "liaison"), queries=10, counts_as="liaison"),
    Page(
        "offenders:panel_seat",
        of=seat_on,
        opens=acts("liaison", see=SEE),
        posts=lambda world: {"view": "accept", "reasons": "He is ready."},
        makes=lambda world: Seat.objects.filter(view="accept").exists(),
    ),
]
