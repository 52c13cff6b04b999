"""The criteria of a programme in versions, and how a referral is compared with one."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from core.errors import Refused
from offenders.eligibility.criteria_operations import (
    add_criterion,
    draft_criteria,
    publish_criteria,
    remove_criterion,
)
from offenders.eligibility.defaults import PROGRAMME
from offenders.eligibility.models import CriteriaSet, Criterion, CriterionAnswer, Screening
from offenders.eligibility.operations import (
    Given,
    answer_criteria,
    begin_screening,
    lacks_of_screening,
    override_criterion,
    pass_screening,
)
from tests.offenders.referral.referrals import criteria_in_force, in_screening, screened
from tests.world import World


def next_version(world: World) -> CriteriaSet:
    """Hana drafts the next version, with one more criterion, and publishes it."""
    draft = draft_criteria(name=PROGRAMME, by=world.hana, at=world.now)
    add_criterion(draft, kind="mandatory", words="He has a home", by=world.hana, at=world.now)
    return publish_criteria(draft, by=world.hana, at=world.now)


def test_a_manager_drafts_the_next_version_with_what_the_last_one_had(world: World) -> None:
    first = criteria_in_force()
    newer = next_version(world)
    assert (newer.version, newer.criterions.count()) == (2, first.criterions.count() + 1)
    assert criteria_in_force() == newer


def test_a_published_version_never_changes_not_even_past_the_operations(world: World) -> None:
    first = criteria_in_force()
    with pytest.raises(Refused, match="never changes"):
        add_criterion(first, kind="mandatory", words="He has a home", by=world.hana, at=world.now)
    with pytest.raises(Refused, match="never changes"):
        remove_criterion(first.criterions.earliest("pk"), by=world.hana, at=world.now)
    for change in (
        lambda: Criterion.objects.filter(criteria=first).update(words="Anybody"),
        lambda: Criterion.objects.filter(criteria=first).earliest("pk").delete(),
        lambda: Criterion.objects.create(criteria=first, kind="advisory", words="Anybody"),
    ):
        with transaction.atomic(), pytest.raises(IntegrityError, match="never changes"):
            change()


def test_one_draft_at_a_time_and_none_without_a_criterion_and_only_a_manager(world: World) -> None:
    for person in (world.ann, world.fay, world.esi, world.gil):
        with pytest.raises(PermissionDenied):
            draft_criteria(name=PROGRAMME, by=person, at=world.now)
    draft = draft_criteria(name="Young people", by=world.hana, at=world.now)
    with pytest.raises(Refused, match="open already"):
        draft_criteria(name="Young people", by=world.hana, at=world.now)
    with pytest.raises(Refused, match="Add a criterion first"):
        publish_criteria(draft, by=world.hana, at=world.now)


def test_the_version_it_began_with_stays_on_the_referral(world: World) -> None:
    referral = screened(world)
    next_version(world)
    assert Screening.objects.get(referral=referral).criteria.version == 1
    assert lacks_of_screening(referral) == []
    with pytest.raises(Refused, match="compared with a programme already"):
        begin_screening(referral, criteria=criteria_in_force(), by=world.ann, at=world.now)


def test_an_answer_needs_evidence_and_what_is_open_keeps_it_from_being_assessed(world: World) -> None:
    referral = in_screening(world)
    assert lacks_of_screening(referral) == ["It has not been compared with the criteria of a programme."]
    begin_screening(referral, criteria=criteria_in_force(), by=world.ann, at=world.now)
    first = criteria_in_force().criterions.earliest("pk")
    with pytest.raises(Refused, match="Say what shows it"):
        answer_criteria(referral, given={first.pk: Given("yes", " ")}, by=world.ann, at=world.now)
    answer_criteria(referral, given={first.pk: Given("unknown", "")}, by=world.ann, at=world.now)
    assert f"Speaks against it: {first.words}." in lacks_of_screening(referral)
    with pytest.raises(Refused, match="Not answered"):
        pass_screening(referral, by=world.ann, at=world.now)


@pytest.mark.parametrize(("kind", "answer"), [("mandatory", "no"), ("exclusion", "yes")])
def test_only_a_manager_overrides_and_with_a_reason(world: World, kind: str, answer: str) -> None:
    referral = screened(world, **{kind: answer})
    against = [each for each in CriterionAnswer.objects.select_related("criterion") if each.speaks_against]
    assert {each.criterion.kind for each in against} == {kind}
    for person in (world.ann, world.fay):
        with pytest.raises(PermissionDenied):
            override_criterion(against[0], reason="He has moved.", by=person, at=world.now)
    with pytest.raises(Refused, match="Say why it does not count"):
        override_criterion(against[0], reason=" ", by=world.hana, at=world.now)
    for each in against:
        override_criterion(each, reason="The contract allows it.", by=world.hana, at=world.now)
    assert pass_screening(referral, by=world.ann, at=world.now).status == "assessing"


def test_an_advisory_one_stops_nothing_and_a_new_answer_takes_an_override_back(world: World) -> None:
    assert lacks_of_screening(screened(world, advisory="no")) == []
    referral = screened(world, mandatory="no")
    answer = CriterionAnswer.objects.filter(screening__referral=referral, criterion__kind="mandatory").earliest("pk")
    override_criterion(answer, reason="The contract allows it.", by=world.hana, at=world.now)
    given = {answer.criterion_id: Given("no", "A newer report.")}
    answer_criteria(referral, given=given, by=world.ann, at=world.now)
    answer.refresh_from_db()
    assert (answer.overridden_at, answer.override_reason) == (None, "")
