"""Changing the words minutes are sorted by: added, renamed, retired, never deleted."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.models import Act
from audit.trail import recorded
from circles.taxonomy.access import TaxonomyAccess
from circles.taxonomy.models import Tag
from core.errors import Refused
from core.names import is_same_name
from core.references import unused_reference


@transaction.atomic
def add_tag(*, kind: str, name: str, group: str = "", by: User, at: datetime) -> Tag:
    """Add a word. A risk factor stands in one of the groups."""
    TaxonomyAccess(by).require(TaxonomyAccess.change_taxonomy)
    name = free_name(kind, name)
    if kind == Tag.Kind.RISK and not group:
        raise Refused("Choose the group this risk factor stands in.", field="group")
    tag = Tag.objects.create(
        reference=unused_reference(Tag, "T"), kind=kind, name=name, group=group if kind == Tag.Kind.RISK else ""
    )
    recorded(Act.COLLECTED, tag, by=by, at=at)
    return tag


@transaction.atomic
def rename_tag(tag: Tag, *, name: str, by: User, at: datetime) -> Tag:
    """Give a word a better name. Minutes that hold it read the new name; kept versions the old."""
    tag = Tag.objects.select_for_update().get(pk=tag.pk)
    TaxonomyAccess(by).require(TaxonomyAccess.change_taxonomy)
    if name.strip() == tag.name:
        return tag
    tag.name = free_name(tag.kind, name, but=tag)
    tag.save(update_fields=["name"])
    recorded(Act.ALTERED, tag, by=by, at=at, note="renamed")
    return tag


@transaction.atomic
def retire_tag(tag: Tag, *, by: User, at: datetime) -> Tag:
    """Offer a word no longer. Minutes that hold it keep it."""
    tag = Tag.objects.select_for_update(of=("self",)).get(pk=tag.pk)
    TaxonomyAccess(by).require(TaxonomyAccess.change_taxonomy)
    if tag.retired_at is not None:
        raise Refused("This word was retired already.")
    tag.retired_at, tag.retired_by = at, by
    tag.save(update_fields=["retired_at", "retired_by"])
    recorded(Act.ALTERED, tag, by=by, at=at, note="retired")
    return tag


@transaction.atomic
def restore_tag(tag: Tag, *, by: User, at: datetime) -> Tag:
    """Offer a retired word again."""
    tag = Tag.objects.select_for_update(of=("self",)).get(pk=tag.pk)
    TaxonomyAccess(by).require(TaxonomyAccess.change_taxonomy)
    if tag.retired_at is None:
        raise Refused("This word is in use already.")
    tag.retired_at = tag.retired_by = None
    tag.save(update_fields=["retired_at", "retired_by"])
    recorded(Act.ALTERED, tag, by=by, at=at, note="restored")
    return tag


def free_name(kind: str, name: str, *, but: Tag | None = None) -> str:
    """The name, tidied. Raises Refused when it is empty or taken, also by a retired word."""
    name = " ".join(name.split())
    if not name:
        raise Refused("Write the word.", field="name")
    taken = next((tag for tag in Tag.objects.filter(kind=kind) if is_same_name(tag.name, name)), None)
    if taken is not None and taken != but:
        then = " It was retired: bring it back instead." if taken.retired_at else " Choose another."
        raise Refused(f"There is “{taken.name}” already.{then}", field="name")
    return name
