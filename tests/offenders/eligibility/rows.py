"""The pages of the criteria."""

from __future__ import annotations

from typing import Any

from offenders.eligibility.criteria_operations import draft_criteria
from offenders.eligibility.defaults import PROGRAMME
from offenders.eligibility.models import CriteriaSet, Criterion, CriterionAnswer, Screening
from tests.offenders.referral import referrals
from tests.offenders.referral.rows import LIST, SEE, arguments_of, has_status
from tests.table import Page, acts, who
from tests.world import World


def key_of_criteria(world: World) -> list[Any]:
    return [referrals.criteria_in_force().pk]


def draft(world: World) -> list[Any]:
    return [draft_criteria(name=PROGRAMME, by=world.hana, at=world.now).pk]


def key_of_draft_criterion(world: World) -> list[Any]:
    return [Criterion.objects.filter(criteria=draft(world)[0]).earliest("pk").pk]


def keys_of_failed_answer(world: World) -> list[Any]:
    referral = referrals.screened(world, mandatory="no")
    answers = CriterionAnswer.objects.filter(screening__referral=referral, criterion__kind="mandatory")
    return [referral.reference, answers.earliest("pk").pk]


def first_criterion(world: World) -> str:
    return str(referrals.criteria_in_force().criterions.earliest("pk").pk)


def two_versions(world: World) -> None:
    drafted = CriteriaSet.objects.count()
    for number in range(2):
        draft_criteria(name=f"Programme {drafted + number}", by=world.hana, at=world.now)


MANAGES = who("manager", otherwise=403)
OVERRULES = acts("manager", see=SEE)

PAGES = [
    Page("offenders:criteria", opens=who(*LIST, otherwise=403), queries=5, grows=two_versions),
    Page(
        "offenders:criteria",
        opens=MANAGES,
        posts=lambda world: {"name": PROGRAMME},
        makes=lambda world: CriteriaSet.objects.filter(version=2).exists(),
    ),
    Page("offenders:criteria_set", of=key_of_criteria, opens=who(*LIST, otherwise=403), queries=6),
    Page(
        "offenders:criteria_set",
        of=draft,
        opens=MANAGES,
        posts=lambda world: {"kind": "advisory", "words": "He has a home"},
        makes=lambda world: Criterion.objects.filter(words="He has a home").exists(),
    ),
    Page(
        "offenders:remove_criterion",
        of=key_of_draft_criterion,
        opens=MANAGES,
        posts=lambda world: {},
        makes=lambda world: (
            Criterion.objects.filter(criteria__version=2).count()
            < Criterion.objects.filter(criteria__version=1).count()
        ),
    ),
    Page("offenders:publish_criteria", of=draft, opens=MANAGES, queries=5),
    Page(
        "offenders:publish_criteria",
        of=draft,
        opens=MANAGES,
        posts=lambda world: {},
        makes=lambda world: CriteriaSet.objects.published().filter(version=2).exists(),
    ),
    Page("offenders:screening", of=arguments_of(referrals.in_screening), opens=who(*SEE), queries=8),
    Page("offenders:screening", of=arguments_of(referrals.screened), opens=who(*SEE), queries=9),
    Page(
        "offenders:screening",
        of=arguments_of(referrals.in_screening),
        opens=who(*SEE),
        posts=lambda world: {"criteria": referrals.criteria_in_force().pk},
        makes=lambda world: Screening.objects.exists(),
    ),
    Page(
        "offenders:screening",
        of=arguments_of(referrals.screened),
        opens=who(*SEE),
        posts=lambda world: {
            f"answer_{first_criterion(world)}": "no",
            f"evidence_{first_criterion(world)}": "The court.",
        },
        makes=lambda world: CriterionAnswer.objects.filter(evidence="The court.").exists(),
    ),
    Page("offenders:pass_screening", of=arguments_of(referrals.screened), opens=who(*SEE), queries=6),
    Page(
        "offenders:pass_screening",
        of=arguments_of(referrals.screened),
        opens=who(*SEE),
        posts=lambda world: {},
        makes=has_status("assessing"),
    ),
    Page("offenders:override_criterion", of=keys_of_failed_answer, opens=OVERRULES, queries=7),
    Page(
        "offenders:override_criterion",
        of=keys_of_failed_answer,
        opens=OVERRULES,
        posts=lambda world: {"reason": "The contract allows it."},
        makes=lambda world: CriterionAnswer.objects.exclude(overridden_at=None).exists(),
    ),
]
