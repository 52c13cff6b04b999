"""The roles of people, and what each role is for."""

from __future__ import annotations

from django.db import models


class Role(models.TextChoices):
    """A role is the Django group of the same name (domain.md 1.1)."""

    VOLUNTEER = "volunteer", "Volunteer"
    COORDINATOR = "coordinator", "Coordinator"
    MANAGER = "manager", "Manager"
    SAFEGUARDING_LEAD = "safeguarding_lead", "Safeguarding lead"
    DIRECTOR = "director", "Director"
    LIAISON = "liaison", "Liaison"
    MAPPA_COORDINATOR = "mappa_coordinator", "MAPPA coordinator"
    DATA_PROTECTION_LEAD = "data_protection_lead", "Data-protection lead"
    TECHNICIAN = "technician", "Technician"

    @property
    def sentence(self) -> str:
        """What the role is for, in a sentence."""
        return SENTENCES[self]

    @property
    def places(self) -> tuple[str, ...]:
        """The pages to which the bar at the top leads this role, by name, beside those to which it leads everybody."""
        return PLACES[self]

    @property
    def is_at_an_agency(self) -> bool:
        return self in {Role.LIAISON, Role.MAPPA_COORDINATOR}

    @property
    def is_staff(self) -> bool:
        """Every role but volunteer. Their sessions are shorter, and they are told when the checker is late."""
        return self is not Role.VOLUNTEER


SENTENCES = {
    Role.VOLUNTEER: "Meets the core member every week, writes minutes in turn, and raises what worries them.",
    Role.COORDINATOR: "Runs circles: approves minutes, takes concerns on, and tells volunteers what came of them.",
    Role.MANAGER: "Manages coordinators, is told when a concern waits too long, and sets up queues and people.",
    Role.SAFEGUARDING_LEAD: "Owns safeguarding for the charity, and is told beside the manager.",
    Role.DIRECTOR: "Is told when nobody else has answered, and is the standing duty holder.",
    Role.LIAISON: "Works flagged concerns for an agency, in the queues their team was given and no others.",
    Role.MAPPA_COORDINATOR: "Is the area's single point of contact, told last on the agencies' ladder.",
    Role.DATA_PROTECTION_LEAD: "Reads the trail of who did and saw what; changes nothing.",
    Role.TECHNICIAN: "Keeps accounts and the machine; sees no case.",
}

QUEUES = ("concerns:queues", "concerns:sent_to_me", "circles:minutes_sent_to_me")
CHARITY = ("circles:circles", "concerns:all", "offenders:core_members", "volunteers:volunteers", "accounts:people")
PLACES = {
    Role.VOLUNTEER: ("circles:circles", "concerns:mine"),
    Role.COORDINATOR: (*CHARITY, "status"),
    Role.MANAGER: (*CHARITY, "concerns:registers", "status"),
    Role.SAFEGUARDING_LEAD: (*CHARITY, "concerns:registers", "status"),
    Role.DIRECTOR: ("concerns:all", "concerns:registers", "status"),
    Role.LIAISON: (*QUEUES, "status"),
    Role.MAPPA_COORDINATOR: (*QUEUES, "status"),
    Role.DATA_PROTECTION_LEAD: ("audit:entries", "status"),
    Role.TECHNICIAN: ("accounts:people", "status"),
}
"""The names of addresses. Each page checks by itself who may open it."""
