"""The tables of the rooms, for Django alone: whoever needs one imports it from its room."""

from volunteers.volunteer.models import Volunteer

__all__ = [
    "Volunteer",
]
