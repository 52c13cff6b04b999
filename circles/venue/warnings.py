"""Whether his restrictions speak against a place, and whether the coordinator has answered that (domain.md 2.5)."""

from __future__ import annotations

from collections.abc import Sequence

from circles.circle.models import Circle
from circles.venue.models import Venue
from offenders.restriction.models import Restriction


def warnings_of(venue: Venue, restrictions: Sequence[Restriction]) -> list[str]:
    """A sentence for each restriction that speaks against the place. A plain check, not a judgement."""
    warnings = []
    for restriction in restrictions:
        if restriction.avoids_district and restriction.avoids_district == venue.district:
            warnings.append(f"He must keep out of {restriction.avoids_district}, and {venue.place_code} is there.")
        if restriction.avoids_children and venue.children_on_site:
            warnings.append(f"He must keep away from where children are, and {venue.place_code} has children on site.")
        if restriction.avoids_internet and venue.internet_on_site:
            warnings.append(f"He must not go online unwatched, and at {venue.place_code} anybody can.")
    return warnings


def has_answered_warnings(circle: Circle, venue: Venue, restrictions: Sequence[Restriction]) -> bool:
    """Whether the newest choice of this place has a reason, and was made after the last restriction about places."""
    choice = circle.venue_choices.filter(venue=venue).order_by("-chosen_at", "-pk").first()
    if choice is None or not choice.answer:
        return False
    return all(
        restriction.added_at <= choice.chosen_at
        for restriction in restrictions
        if restriction.is_checked_against_venues
    )
