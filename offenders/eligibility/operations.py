"""Compare a referral with the criteria: begin, answer with evidence, override, and pass it on to be assessed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import OuterRef, Subquery

from accounts.models import User
from audit.models import Act
from audit.trail import write_entry
from core.errors import Refused
from offenders.eligibility.models import (
    CriteriaSet,
    Criterion,
    CriterionAnswer,
    CriterionKind,
    Screening,
    stops_referral,
)
from offenders.referral.access import ReferralAccess
from offenders.referral.link_operations import write_link
from offenders.referral.models import Referral
from offenders.referral.operations import lock_referral, write_line


class Given(NamedTuple):
    """An answer to one criterion, and its evidence."""

    answer: str
    evidence: str


def _lock_to_screen(referral: Referral, *, by: User) -> Referral:
    referral = lock_referral(referral)
    ReferralAccess(by, referral).require(ReferralAccess.work_referral)
    if referral.status != Referral.Status.SCREENING:
        raise Refused("It is not being screened now. Open the referral again to read how it stands.")
    return referral


@transaction.atomic
def begin_screening(referral: Referral, *, criteria: CriteriaSet, by: User, at: datetime) -> Screening:
    """Compare it with the version in force of one programme. That version stays on the referral."""
    referral = _lock_to_screen(referral, by=by)
    if Screening.objects.filter(referral=referral).exists():
        raise Refused("It is compared with a programme already.")
    if not CriteriaSet.objects.in_force().filter(pk=criteria.pk).exists():
        raise Refused("There is a newer version. Choose that one.", field="criteria")
    screening = Screening.objects.create(referral=referral, criteria=criteria, begun_at=at, begun_by=by)
    write_line(referral, f"Compared with version {criteria.version} of the criteria", by=by, at=at)
    write_entry(Act.ALTERED, referral, by=by, at=at, note=f"criteria {criteria.reference}")
    return screening


@transaction.atomic
def answer_criteria(referral: Referral, *, given: Mapping[int, Given], by: User, at: datetime) -> Screening:
    """Answer criteria, each with its evidence. A new answer takes an override back, since it was of the old one."""
    referral = _lock_to_screen(referral, by=by)
    screening = Screening.objects.get(referral=referral)
    known = {answer.criterion_id: answer for answer in CriterionAnswer.objects.filter(screening=screening)}
    new: list[CriterionAnswer] = []
    for criterion in Criterion.objects.filter(criteria=screening.criteria_id, pk__in=given).order_by("pk"):
        said = _checked(criterion, given[criterion.pk])
        answer = known.get(criterion.pk) or CriterionAnswer(screening=screening, criterion=criterion)
        if (answer.answer, answer.evidence) == said:
            continue
        answer.answer, answer.evidence = said
        answer.answered_at, answer.answered_by = at, by
        answer.override_reason, answer.overridden_at, answer.overridden_by = "", None, None
        if answer.pk is None:
            new.append(answer)
        else:
            answer.save()
    CriterionAnswer.objects.bulk_create(new)
    write_entry(Act.ALTERED, referral, by=by, at=at, note="criteria answered")
    return screening


def _checked(criterion: Criterion, given: Given) -> Given:
    """The answer as it is stored. Without evidence only “not known” is one."""
    answer, evidence = CriterionAnswer.Answer(given.answer), given.evidence.strip()
    if answer != CriterionAnswer.Answer.UNKNOWN and not evidence:
        raise Refused(f"Say what shows it: {criterion.words}.", field=f"evidence_{criterion.pk}")
    return Given(answer, evidence)


@transaction.atomic
def override_criterion(answer: CriterionAnswer, *, reason: str, by: User, at: datetime) -> CriterionAnswer:
    """A manager decides that it does not stop this referral, and says why."""
    referral = lock_referral(answer.screening.referral)
    ReferralAccess(by, referral).require(ReferralAccess.overrule)
    if referral.status != Referral.Status.SCREENING:
        raise Refused("It is not being screened now. Open the referral again to read how it stands.")
    answer = CriterionAnswer.objects.select_related("criterion").get(pk=answer.pk)
    if not answer.speaks_against:
        raise Refused("It does not stop this referral, so there is nothing to override.")
    if not reason.strip():
        raise Refused("Say why it does not count here.", field="reason")
    answer.override_reason, answer.overridden_at, answer.overridden_by = reason.strip(), at, by
    answer.save(update_fields=["override_reason", "overridden_at", "overridden_by"])
    write_line(
        referral, "A criterion was overridden", detail=f"{answer.criterion.words}: {reason.strip()}", by=by, at=at
    )
    write_entry(Act.ALTERED, referral, by=by, at=at, note="criterion overridden")
    return answer


def lacks_of_screening(referral: Referral) -> list[str]:
    """What keeps it from being assessed: criteria without an answer, and those that speak against it. One query."""
    answers = CriterionAnswer.objects.filter(screening__referral=referral, criterion=OuterRef("pk"))
    criteria = list(
        Criterion.objects.filter(criteria__screenings__referral=referral)
        .annotate(answer=Subquery(answers.values("answer")), overridden_at=Subquery(answers.values("overridden_at")))
        .order_by("pk")
        .values_list("kind", "words", "answer", "overridden_at")
    )
    if not criteria:
        return ["It has not been compared with the criteria of a programme."]
    lacks = []
    for kind, words, answer, overridden_at in criteria:
        if answer is None and kind != CriterionKind.ADVISORY:
            lacks.append(f"Not answered: {words}.")
        elif answer is not None and overridden_at is None and stops_referral(kind, answer):
            lacks.append(f"Speaks against it: {words}.")
    return lacks


@transaction.atomic
def pass_screening(referral: Referral, *, by: User, at: datetime) -> Referral:
    """It meets the criteria: the assessment begins, and the referrer is sent a link to read so."""
    referral = _lock_to_screen(referral, by=by)
    if lacks := lacks_of_screening(referral):
        raise Refused(f"{' '.join(lacks)} A manager may override a criterion, with a reason.")
    referral.move(Referral.Status.ASSESSING, by=by, at=at)
    write_link(referral, by=by, at=at)
    write_entry(Act.ALTERED, referral, by=by, at=at, note="screening passed")
    return referral
