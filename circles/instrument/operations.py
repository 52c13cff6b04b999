"""Loading an instrument, once a version."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from circles.instrument.definition import Definition
from circles.instrument.models import Instrument, InstrumentItem
from core.errors import Refused


@transaction.atomic
def load_instrument(definition: Definition, *, at: datetime) -> Instrument:
    """Keep an instrument, which new reviews then use; the same one again changes nothing.

    A version that is there with other words is refused: scores were given to those words.
    """
    there = Instrument.objects.filter(key=definition.key, version=definition.version).first()
    if there is not None:
        if there.fingerprint != definition.fingerprint:
            raise Refused(
                f"Version {there.version} of {there.key} is there already and says something else. "
                "Give the changed file a new version."
            )
        return there
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
