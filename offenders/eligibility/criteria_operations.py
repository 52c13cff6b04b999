"""Draft a new version of the criteria of a programme, change the draft, and publish it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from audit.models import Act
from audit.trail import write_entry
from core.errors import Refused
from offenders.eligibility.access import CriteriaAccess
from offenders.eligibility.models import CriteriaSet, Criterion, CriterionKind

FROZEN = "This version is published and never changes. Draft a new one."


def lock_draft(criteria: CriteriaSet) -> CriteriaSet:
    """The draft, locked. Refuses a version that is published."""
    locked = CriteriaSet.objects.select_for_update(of=("self",)).get(pk=criteria.pk)
    if locked.in_force_since is not None:
        raise Refused(FROZEN)
    return locked


@transaction.atomic
def draft_criteria(*, name: str, by: User, at: datetime) -> CriteriaSet:
    """Draft the next version of a programme’s criteria, with those of the version before; or the first of a new one."""
    CriteriaAccess(by).require(CriteriaAccess.change_criteria)
    name = name.strip()
    if not name:
        raise Refused("Write the name of the programme.", field="name")
    versions = CriteriaSet.objects.filter(name=name)
    if versions.filter(in_force_since=None).exists():
        raise Refused("A draft of it is open already. Change that one.", field="name")
    newest = versions.aggregate(newest=Max("version"))["newest"] or 0
    draft = CriteriaSet.objects.create(name=name, version=newest + 1, drafted_at=at, drafted_by=by)
    before = Criterion.objects.filter(criteria__name=name, criteria__version=newest).order_by("pk")
    Criterion.objects.bulk_create(
        Criterion(criteria=draft, kind=old.kind, words=old.words, hint=old.hint) for old in before
    )
    write_entry(Act.COLLECTED, draft, by=by, at=at)
    return draft


@transaction.atomic
def add_criterion(criteria: CriteriaSet, *, kind: str, words: str, by: User, at: datetime, hint: str = "") -> Criterion:
    """Add one to a draft."""
    CriteriaAccess(by).require(CriteriaAccess.change_criteria)
    draft = lock_draft(criteria)
    if not words.strip():
        raise Refused("Write what must be so.", field="words")
    criterion = Criterion.objects.create(
        criteria=draft, kind=CriterionKind(kind), words=words.strip(), hint=hint.strip()
    )
    write_entry(Act.ALTERED, draft, by=by, at=at, note="criterion added")
    return criterion


@transaction.atomic
def remove_criterion(criterion: Criterion, *, by: User, at: datetime) -> CriteriaSet:
    """Take one off a draft."""
    CriteriaAccess(by).require(CriteriaAccess.change_criteria)
    draft = lock_draft(criterion.criteria)
    Criterion.objects.filter(pk=criterion.pk).delete()
    write_entry(Act.ALTERED, draft, by=by, at=at, note="criterion taken off")
    return draft


@transaction.atomic
def publish_criteria(criteria: CriteriaSet, *, by: User, at: datetime) -> CriteriaSet:
    """From now on referrals are compared with this version. Those that began with another one keep it."""
    CriteriaAccess(by).require(CriteriaAccess.change_criteria)
    draft = lock_draft(criteria)
    if not draft.criterions.exists():
        raise Refused("Add a criterion first.")
    draft.in_force_since, draft.published_by = at, by
    draft.save(update_fields=["in_force_since", "published_by"])
    write_entry(Act.ALTERED, draft, by=by, at=at, note="published")
    return draft
