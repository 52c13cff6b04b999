"""Load an instrument: each version once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from circles.instrument.definition import Definition
from circles.instrument.models import Instrument, InstrumentItem
from core.errors import Refused


@transaction.atomic
def load_instrument(definition: Definition, *, at: datetime) -> Instrument:
    """Store an instrument, which new reviews then use. Loading the same one again changes nothing.

    A stored version with other words is refused, because scores were given to those words.
    """
    stored = Instrument.objects.filter(key=definition.key, version=definition.version).first()
    if stored is not None:
        if stored.fingerprint != definition.fingerprint:
            raise Refused(
                f"Version {stored.version} of {stored.key} is there already and says something else. "
                "Give the changed file a new version."
            )
        return stored
    instrument = Instrument.objects.create(
        key=definition.key,
        version=definition.version,
        name=definition.name,
        licence=definition.licence,
        direction=definition.direction,
        may_miss=definition.may_miss,
        expected_change=definition.expected_change,
        scale=list(definition.scale),
        loaded_at=at,
        fingerprint=definition.fingerprint,
    )
    for number, item in enumerate(definition.items, start=1):
        InstrumentItem.objects.create(
            instrument=instrument,
            number=number,
            key=item.key,
            domain=item.domain,
            text=item.text,
            guidance=item.guidance,
        )
    return instrument
