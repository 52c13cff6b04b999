"""What his restrictions say of a place, and whether the coordinator has answered it (domain.md 2.5)."""

from __future__ import annotations

from collections.abc import Sequence

from circles.circle.models import Circle
from circles.venue.models import Venue
from offenders.restriction.models import Restriction


def warnings_of(venue: Venue, restrictions: Sequence[Restriction]) -> list[str]:
    """One sentence for each restriction that speaks against the place. A plain check, not a judgement."""
    found = []
    for one in restrictions:
        if one.avoids_district and one.avoids_district == venue.district:
            found.append(f"He must keep out of {one.avoids_district}, and {venue.place_code} is there.")
        if one.avoids_children and venue.children_on_site:
            found.append(f"He must keep away from where children are, and {venue.place_code} has children on site.")
    return found


def answered(circle: Circle, venue: Venue, restrictions: Sequence[Restriction]) -> bool:
    """The newest choice of this place carries a reason, and was made after the last restriction came."""
    choice = circle.venue_choices.filter(venue=venue).order_by("-chosen_at", "-pk").first()
    if choice is None or not choice.answer:
        return False
    return all(one.added_at <= choice.chosen_at for one in restrictions if one.bears_on_places)
