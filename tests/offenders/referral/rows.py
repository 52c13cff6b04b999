"""The pages of referrals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from offenders.identity.operations import write_identity
from offenders.referral.answer_models import SectionAnswers
from offenders.referral.models import Referral
from tests.circles.life.rows import date_of
from tests.offenders.identity.identities import jonah, typed_fields
from tests.offenders.referral import referrals
from tests.table import CHARITY_LEADS, Page, acts, everybody, who
from tests.world import World

SEE = ("coordinator", "manager", "safeguarding lead")
LIST = ("coordinator", "coordinator elsewhere", "manager", "safeguarding lead")
START = ("coordinator", "coordinator elsewhere", "manager")
Make = Callable[[World], Referral]


def arguments_of(make: Make, *more: Any) -> Callable[[World], list[Any]]:
    """The arguments of an address: the referral that this makes, and what else the address takes."""
    return lambda world: [make(world).reference, *more]


def has_status(status: str) -> Callable[[World], bool]:
    return lambda world: Referral.objects.filter(status=status).exists()


def two_more(world: World) -> None:
    for _ in range(2):
        referrals.submitted(world)


def fields_of_start(world: World) -> dict[str, Any]:
    return {
        "referrer_name": "Nia Corbett",
        "referrer_agency": "Probation",
        "referrer_mail": "nia@justice.gov.uk",
        "area": world.core_member.area.pk,
        "coordinator": world.ann.pk,
    }


def has_answer(name: str, value: str) -> Callable[[World], bool]:
    return lambda world: SectionAnswers.objects.filter(**{f"answers__{name}": value}).exists()


def referral_with_identity(world: World) -> list[Any]:
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
        posts=fields_of_start,
        makes=lambda world: Referral.objects.exists(),
    ),
    Page("offenders:referral", of=arguments_of(referrals.in_screening), opens=who(*SEE), queries=12),
    Page("offenders:referral_section", of=arguments_of(referrals.started, "person"), opens=who(*SEE), queries=7),
    Page("offenders:referral_section", of=arguments_of(referrals.filled, "offences"), opens=who(*SEE), queries=7),
    Page(
        "offenders:referral_section",
        of=arguments_of(referrals.started, "needs"),
        opens=who(*SEE),
        posts=lambda world: {"leisure": "Bikes."},
        makes=has_answer("leisure", "Bikes."),
    ),
    Page("offenders:referral_part", of=arguments_of(referrals.filled, "offences", 1), opens=who(*SEE), queries=7),
    Page(
        "offenders:referral_part",
        of=arguments_of(referrals.started, "offences", 1),
        opens=who(*SEE),
        posts=lambda world: {"offence": "s.3 SOA 2003"},
        makes=has_answer("offence", "s.3 SOA 2003"),
    ),
    Page(
        "offenders:remove_referral_part",
        of=arguments_of(referrals.filled, "offences", 1),
        opens=who(*SEE),
        posts=lambda world: {},
        makes=lambda world: not SectionAnswers.objects.filter(section="offences").exists(),
    ),
    Page("offenders:submit_referral", of=arguments_of(referrals.filled), opens=who(*SEE), queries=6),
    Page(
        "offenders:submit_referral",
        of=arguments_of(referrals.filled),
        opens=who(*SEE),
        posts=lambda world: {},
        makes=has_status("submitted"),
    ),
    Page("offenders:acknowledge_referral", of=arguments_of(referrals.submitted), opens=who(*SEE), queries=6),
    Page(
        "offenders:acknowledge_referral",
        of=arguments_of(referrals.submitted),
        opens=who(*SEE),
        posts=lambda world: {},
        makes=has_status("screening"),
    ),
    Page(
        "offenders:referral_figures",
        opens=who("manager", otherwise=403),
        queries=5,
        grows=lambda world: [referrals.submitted(world) for _ in range(2)] and None,
    ),
    Page("offenders:ask_for_information", of=arguments_of(referrals.in_screening), opens=who(*SEE), queries=7),
    Page(
        "offenders:ask_for_information",
        of=arguments_of(referrals.in_screening),
        opens=who(*SEE),
        posts=lambda world: {"asked_for": "Where will he live?", "read_over": "on"},
        makes=has_status("info_requested"),
    ),
    Page("offenders:receive_information", of=arguments_of(referrals.waiting), opens=who(*SEE), queries=6),
    Page(
        "offenders:receive_information",
        of=arguments_of(referrals.waiting),
        opens=who(*SEE),
        posts=lambda world: {},
        makes=has_status("screening"),
    ),
    Page("offenders:decline_referral", of=arguments_of(referrals.in_screening), opens=who(*SEE), queries=6),
    Page(
        "offenders:decline_referral",
        of=arguments_of(referrals.in_screening),
        opens=who(*SEE),
        posts=lambda world: {
            "reason": "capacity",
            "advice": "Write again in May.",
            "why": "No volunteers.",
            "read_over": "on",
        },
        makes=has_status("declined"),
    ),
    Page("offenders:withdraw_referral", of=arguments_of(referrals.submitted), opens=who(*SEE), queries=6),
    Page(
        "offenders:withdraw_referral",
        of=arguments_of(referrals.submitted),
        opens=who(*SEE),
        posts=lambda world: {"withdrawn_by": "referrer", "why": "He has moved away."},
        makes=has_status("withdrawn"),
    ),
    Page("offenders:hand_referral", of=arguments_of(referrals.submitted), opens=who(*SEE), queries=7),
    Page(
        "offenders:hand_referral",
        of=arguments_of(referrals.submitted),
        opens=who(*SEE),
        posts=lambda world: {"coordinator": world.pat.pk},
        makes=lambda world: Referral.objects.filter(coordinator=world.pat).exists(),
    ),
    Page("offenders:note_document", of=arguments_of(referrals.submitted), opens=who(*SEE), queries=7),
    Page(
        "offenders:note_document",
        of=arguments_of(referrals.submitted),
        opens=who(*SEE),
        posts=lambda world: {"kind": "oasys"} | date_of("had_on", world),
        makes=lambda world: Referral.objects.exclude(documents=None).exists(),
    ),
    Page("offenders:send_referrer_link", of=arguments_of(referrals.started), opens=who(*SEE), queries=6),
    Page(
        "offenders:send_referrer_link",
        of=arguments_of(referrals.started),
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
    Page("offenders:referral_identity", of=referral_with_identity, opens=who(*SEE), queries=9),
    Page(
        "offenders:referral_identity",
        of=referral_with_identity,
        opens=who(*SEE),
        posts=lambda world: {"reason": "check"},
    ),
    Page("offenders:write_referral_identity", of=arguments_of(referrals.started), opens=who(*SEE), queries=7),
    Page(
        "offenders:write_referral_identity",
        of=arguments_of(referrals.started),
        opens=who(*SEE),
        posts=lambda world: typed_fields(),
        makes=lambda world: Referral.objects.exclude(identity=None).exists(),
    ),
    Page(
        "offenders:erase_referral_identity", of=referral_with_identity, opens=acts(*CHARITY_LEADS, see=SEE), queries=8
    ),
    Page("offenders:change_referrer", of=arguments_of(referrals.submitted), opens=who(*SEE), queries=7),
    Page(
        "offenders:change_referrer",
        of=arguments_of(referrals.submitted),
        opens=who(*SEE),
        posts=lambda world: fields_of_start(world) | {"referrer_mail": "nia.corbett@gov.uk"},
        makes=lambda world: Referral.objects.filter(referrer_mail="nia.corbett@gov.uk").exists(),
    ),
]
