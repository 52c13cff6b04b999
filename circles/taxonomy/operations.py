"""Add, rename, retire and restore the tags that minutes are sorted by. They are never deleted."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.models import Act
from audit.trail import write_entry
from circles.taxonomy.access import TaxonomyAccess
from circles.taxonomy.models import Tag
from core.errors import Refused
from core.names import is_same_name
from core.references import unused_reference


@transaction.atomic
def add_tag(*, kind: str, name: str, group: str = "", by: User, at: datetime) -> Tag:
    """Add a tag. A risk factor needs a group."""
    TaxonomyAccess(by).require(TaxonomyAccess.change_taxonomy)
    name = _unused_name(kind, name)
    if kind == Tag.Kind.RISK and not group:
        raise Refused("Choose the group of this risk factor.", field="group")
    tag = Tag.objects.create(
        reference=unused_reference(Tag, "T"), kind=kind, name=name, group=group if kind == Tag.Kind.RISK else ""
    )
    write_entry(Act.COLLECTED, tag, by=by, at=at)
    return tag


@transaction.atomic
def rename_tag(tag: Tag, *, name: str, by: User, at: datetime) -> Tag:
    """Rename a tag. Minutes that use it show the new name; kept versions keep the old one."""
    tag = Tag.objects.select_for_update().get(pk=tag.pk)
    TaxonomyAccess(by).require(TaxonomyAccess.change_taxonomy)
    if name.strip() == tag.name:
        return tag
    tag.name = _unused_name(tag.kind, name, but=tag)
    tag.save(update_fields=["name"])
    write_entry(Act.ALTERED, tag, by=by, at=at, note="renamed")
    return tag


@transaction.atomic
def retire_tag(tag: Tag, *, by: User, at: datetime) -> Tag:
    """Stop offering a tag. Minutes that use it keep it."""
    tag = Tag.objects.select_for_update(of=("self",)).get(pk=tag.pk)
    TaxonomyAccess(by).require(TaxonomyAccess.change_taxonomy)
    if tag.retired_at is not None:
        raise Refused("This word was retired already.")
    tag.retired_at, tag.retired_by = at, by
    tag.save(update_fields=["retired_at", "retired_by"])
    write_entry(Act.ALTERED, tag, by=by, at=at, note="retired")
    return tag


@transaction.atomic
def restore_tag(tag: Tag, *, by: User, at: datetime) -> Tag:
    """Offer a retired tag again."""
    tag = Tag.objects.select_for_update(of=("self",)).get(pk=tag.pk)
    TaxonomyAccess(by).require(TaxonomyAccess.change_taxonomy)
    if tag.retired_at is None:
        raise Refused("This word is in use already.")
    tag.retired_at = tag.retired_by = None
    tag.save(update_fields=["retired_at", "retired_by"])
    write_entry(Act.ALTERED, tag, by=by, at=at, note="restored")
    return tag


def _unused_name(kind: str, name: str, *, but: Tag | None = None) -> str:
    """The name without extra spaces. Raises Refused if it is empty or used, also by a retired tag."""
    name = " ".join(name.split())
    if not name:
        raise Refused("Write the word.", field="name")
    same_name = next((tag for tag in Tag.objects.filter(kind=kind) if is_same_name(tag.name, name)), None)
    if same_name is not None and same_name != but:
        then = " It was retired: bring it back instead." if same_name.retired_at else " Choose another."
        raise Refused(f"There is “{same_name.name}” already.{then}", field="name")
    return name
