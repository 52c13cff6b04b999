"""The pages of referrals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from offenders.identity.operations import write_identity
from offenders.referral.answer_models import SectionAnswers
from offenders.referral.models import Referral
from tests.circles.life.rows import date_of
from tests.offenders.identity.identities import jonah, typed
from tests.offenders.referral import referrals
from tests.table import CHARITY_LEADS, Page, acts, everybody, who
from tests.world import World

SEE = ("coordinator", "manager", "safeguarding lead")
LIST = ("coordinator", "coordinator elsewhere", "manager", "safeguarding lead")
START = ("coordinator", "coordinator elsewhere", "manager")
Make = Callable[[World], Referral]


def of(make: Make, *more: Any) -> Callable[[World], list[Any]]:
    """The arguments of an address: the referral that this makes, and what else the address takes."""
    return lambda world: [make(world).reference, *more]


def stands(status: str) -> Callable[[World], bool]:
    return lambda world: Referral.objects.filter(status=status).exists()


def two_more(world: World) -> None:
    for _ in range(2):
        referrals.submitted(world)


def to_start(world: World) -> dict[str, Any]:
    return {
        "referrer_name": "Nia Corbett",
        "referrer_agency": "Probation",
        "referrer_mail": "nia@justice.gov.uk",
        "area": world.core_member.area.pk,
        "coordinator": world.ann.pk,
    }


def answered(name: str, value: str) -> Callable[[World], bool]:
    return lambda world: SectionAnswers.objects.filter(**{f"answers__{name}": value}).exists()


def named(world: World) -> list[Any]:
    """It is written down, sealed, whom Ann's referral means."""
    referral = referrals.started(world)
    write_identity(referral, jonah(), by=world.ann, at=world.now)
    return [referral.reference]


PAGES = [
    Page("offenders:referrals", opens=who(*LIST, otherwise=403), queries=7, grows=two_more),
    Page("offenders:start_referral", opens=who(*START, otherwise=403), queries=6),
    Page(
        "offenders:start_referral",
        opens=who(*START, otherwise=403),
        posts=to_start,
        makes=lambda world: Referral.objects.exists(),
    ),
    Page("offenders:referral", of=of(referrals.in_screening), opens=who(*SEE), queries=12),
    Page("offenders:referral_section", of=of(referrals.started, "person"), opens=who(*SEE), queries=7),
    Page("offenders:referral_section", of=of(referrals.filled, "offences"), opens=who(*SEE), queries=7),
    Page(
        "offenders:referral_section",
        of=of(referrals.started, "needs"),
        opens=who(*SEE),
        posts=lambda world: {"leisure": "Bikes."},
        makes=answered("leisure", "Bikes."),
    ),
    Page("offenders:referral_part", of=of(referrals.filled, "offences", 1), opens=who(*SEE), queries=7),
    Page(
        "offenders:referral_part",
        of=of(referrals.started, "offences", 1),
        opens=who(*SEE),
        posts=lambda world: {"offence": "s.3 SOA 2003"},
        makes=answered("offence", "s.3 SOA 2003"),
    ),
    Page(
        "offenders:remove_referral_part",
        of=of(referrals.filled, "offences", 1),
        opens=who(*SEE),
        posts=lambda world: {},
        makes=lambda world: not SectionAnswers.objects.filter(section="offences").exists(),
    ),
    Page("offenders:submit_referral", of=of(referrals.filled), opens=who(*SEE), queries=6),
    Page(
        "offenders:submit_referral",
        of=of(referrals.filled),
        opens=who(*SEE),
        posts=lambda world: {},
        makes=stands("submitted"),
    ),
    Page("offenders:acknowledge_referral", of=of(referrals.submitted), opens=who(*SEE), queries=6),
    Page(
        "offenders:acknowledge_referral",
        of=of(referrals.submitted),
        opens=who(*SEE),
        posts=lambda world: {},
        makes=stands("screening"),
    ),
    Page(
        "offenders:referral_figures",
        opens=who("manager", otherwise=403),
        queries=5,
        grows=lambda world: [referrals.submitted(world) for _ in range(2)] and None,
    ),
    Page("offenders:ask_for_information", of=of(referrals.in_screening), opens=who(*SEE), queries=7),
    Page(
        "offenders:ask_for_information",
        of=of(referrals.in_screening),
        opens=who(*SEE),
        posts=lambda world: {"asked_for": "Where will he live?", "read_over": "on"},
        makes=stands("info_requested"),
    ),
    Page("offenders:receive_information", of=of(referrals.waiting), opens=who(*SEE), queries=6),
    Page(
        "offenders:receive_information",
        of=of(referrals.waiting),
        opens=who(*SEE),
        posts=lambda world: {},
        makes=stands("screening"),
    ),
    Page("offenders:decline_referral", of=of(referrals.in_screening), opens=who(*SEE), queries=6),
    Page(
        "offenders:decline_referral",
        of=of(referrals.in_screening),
        opens=who(*SEE),
        posts=lambda world: {
            "reason": "capacity",
            "advice": "Write again in May.",
            "why": "No volunteers.",
            "read_over": "on",
        },
        makes=stands("declined"),
    ),
    Page("offenders:withdraw_referral", of=of(referrals.submitted), opens=who(*SEE), queries=6),
    Page(
        "offenders:withdraw_referral",
        of=of(referrals.submitted),
        opens=who(*SEE),
        posts=lambda world: {"withdrawn_by": "referrer", "why": "He has moved away."},
        makes=stands("withdrawn"),
    ),
    Page("offenders:hand_referral", of=of(referrals.submitted), opens=who(*SEE), queries=7),
    Page(
        "offenders:hand_referral",
        of=of(referrals.submitted),
        opens=who(*SEE),
        posts=lambda world: {"coordinator": world.pat.pk},
        makes=lambda world: Referral.objects.filter(coordinator=world.pat).exists(),
    ),
    Page("offenders:note_document", of=of(referrals.submitted), opens=who(*SEE), queries=7),
    Page(
        "offenders:note_document",
        of=of(referrals.submitted),
        opens=who(*SEE),
        posts=lambda world: {"kind": "oasys"} | date_of("had_on", world),
        makes=lambda world: Referral.objects.exclude(documents=None).exists(),
    ),
    Page("offenders:send_referrer_link", of=of(referrals.started), opens=who(*SEE), queries=6),
    Page(
        "offenders:send_referrer_link",
        of=of(referrals.started),
        opens=who(*SEE),
        posts=lambda world: {},
        makes=lambda world: Referral.objects.exclude(links=None).exists(),
    ),
    Page("offenders:referrer_link", of=lambda world: ["no-such-token"], opens=everybody(404, nobody=404)),
    Page("offenders:referring", opens=everybody(404, nobody=404)),
    Page("offenders:referring_section", of=lambda world: ["person"], opens=everybody(404, nobody=404)),
    Page("offenders:referring_part", of=lambda world: ["offences", 1], opens=everybody(404, nobody=404)),
    Page(
        "offenders:remove_referring_part",
        of=lambda world: ["offences", 1],
        opens=everybody(404, nobody=404),
        posts=lambda world: {},
    ),
    Page("offenders:referral_identity", of=named, opens=who(*SEE), queries=9),
    Page("offenders:referral_identity", of=named, opens=who(*SEE), posts=lambda world: {"reason": "check"}),
    Page("offenders:write_referral_identity", of=of(referrals.started), opens=who(*SEE), queries=7),
    Page(
        "offenders:write_referral_identity",
        of=of(referrals.started),
        opens=who(*SEE),
        posts=lambda world: typed(),
        makes=lambda world: Referral.objects.exclude(identity=None).exists(),
    ),
    Page("offenders:erase_referral_identity", of=named, opens=acts(*CHARITY_LEADS, see=SEE), queries=8),
    Page("offenders:change_referrer", of=of(referrals.submitted), opens=who(*SEE), queries=7),
    Page(
        "offenders:change_referrer",
        of=of(referrals.submitted),
        opens=who(*SEE),
        posts=lambda world: to_start(world) | {"referrer_mail": "nia.corbett@gov.uk"},
        makes=lambda world: Referral.objects.filter(referrer_mail="nia.corbett@gov.uk").exists(),
    ),
]
