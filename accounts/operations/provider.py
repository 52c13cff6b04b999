"""The circle provider that this service belongs to: its name, and the areas it works in, as the operator sets them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from accounts.models import Agency, Area
from accounts.operations.areas import write_areas
from accounts.operations.standing import record_act
from core.errors import Refused
from core.names import is_same_name
from core.references import unused_reference


def provider_agency() -> Agency | None:
    """The provider's own agency: the first that was added. None before the service is set up."""
    return Agency.objects.filter(kind=Agency.Kind.PROVIDER).order_by("pk").first()


@transaction.atomic
def name_provider(*, name: str, at: datetime) -> Agency:
    """Name the provider, by the setup command: its agency is added, or renamed if there is one."""
    name = name.strip()
    if not name:
        raise Refused("Write the provider’s name.", field="name")
    provider = Agency.objects.select_for_update().filter(kind=Agency.Kind.PROVIDER).order_by("pk").first()
    others = Agency.objects.exclude(pk=provider.pk) if provider else Agency.objects.all()
    if any(is_same_name(agency.name, name) for agency in others):
        raise Refused("Another agency has this name already.", field="name")
    if provider is None:
        provider = Agency.objects.create(reference=unused_reference(Agency, "A"), name=name, kind=Agency.Kind.PROVIDER)
        record_act("collected", provider, by=None, at=at)
    elif provider.name != name:
        provider.name = name
        provider.save(update_fields=["name"])
        record_act("altered", provider, by=None, at=at, note="renamed")
    return provider


@transaction.atomic
def name_areas(*, names: Iterable[str], at: datetime) -> list[Area]:
    """Set which MAPPA areas the provider works in, by the setup command: these and no others."""
    every = list(Area.objects.order_by("name"))
    chosen = []
    for name in names:
        area = next((area for area in every if is_same_name(area.name, name)), None)
        if area is None:
            known = ", ".join(area.name for area in every)
            raise Refused(f"“{name}” is no MAPPA area. They are: {known}.", field="areas")
        chosen.append(area)
    return write_areas(chosen, by=None, at=at)
