"""The people who have a part in a core member's case now. His wall may not keep them out until somebody else has the part."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string

from accounts.models import User
from offenders.core_member.models import CoreMember


@dataclass(frozen=True)
class Tie:
    """One person's part. `part` goes on after their name; `first` says how somebody else gets it."""

    person: User
    part: str
    first: str


def ties_of(core_member: CoreMember) -> list[Tie]:
    """Everybody's part in his case, also of the apps above (settings.CORE_MEMBER_TIES)."""
    return [tie for ties in settings.CORE_MEMBER_TIES for tie in import_string(ties)(core_member)]


def ties_of_record(core_member: CoreMember) -> Iterable[Tie]:
    """Whoever coordinates him, and those whom his record names as practitioner and deputy."""
    yield Tie(core_member.coordinator, "coordinates him", "Give him to another coordinator first.")
    for person in (core_member.practitioner, core_member.deputy_practitioner):
        if person is not None:
            yield Tie(person, "is named as practitioner or deputy", "Name another practitioner first.")
