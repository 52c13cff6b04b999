"""Why a circle ends."""

from __future__ import annotations

from django.db import models


class EndReason(models.TextChoices):
    """Why circles end (domain.md 1.4)."""

    COMPLETED = "completed", "Completed"
    WITHDREW = "withdrew", "The core member withdrew"
    RISK = "risk", "We withdrew: risk to volunteers"
    NON_ENGAGEMENT = "non_engagement", "We withdrew: he did not take part"
    RECALLED = "recalled", "Recalled to custody"
    ARRESTED = "arrested", "Arrested or charged"
    MOVED = "moved", "Moved out of the area"
    DEATH = "death", "The core member died"
    FUNDING = "funding", "Funding ended"
    VOLUNTEERS = "volunteers", "Too few volunteers"
    TRANSFERRED = "transferred", "Transferred to another provider"
