"""Which tables lead to a core member by their foreign keys, and by which."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Model, Q

from accounts.models import User
from offenders.core_member.models import CoreMember

LONGEST = 5
"""Foreign keys in a row. No table of ours is farther away."""


@cache
def leads_to_him(model: type[Model], left: int = LONGEST) -> list[str]:
    """The shortest ways by foreign keys from this table to a core member; the empty way from his own."""
    if model is CoreMember:
        return [""]
    if left == 0 or model is User:
        return []
    found = []
    for field in model._meta.get_fields():
        if isinstance(field, ForeignKey) and isinstance(field.related_model, type) and field.related_model is not model:
            for way in leads_to_him(field.related_model, left - 1):
                found.append(f"{field.name}__{way}" if way else field.name)
    shortest = min((way.count("__") for way in found), default=0)
    return [way for way in found if way.count("__") == shortest]


@cache
def models_that_lead_to_him() -> list[type[Model]]:
    """Each table with `visible_to` whose rows lead to a core member."""
    return [
        model
        for model in apps.get_models()
        if hasattr(model._default_manager.all(), "visible_to") and leads_to_him(model)
    ]


def rows_that_lead_to(core_member: CoreMember, model: type[Model], reader: User) -> int:
    """How many rows of this table that this reader may see are about this core member."""
    about = Q()
    for way in leads_to_him(model):
        about |= Q(**{way or "pk": core_member.pk})
    rows: Any = model._default_manager.all()
    return int(rows.visible_to(reader).filter(about).count())
