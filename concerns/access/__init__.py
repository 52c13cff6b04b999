"""Who may do what in concerns, and who must be told."""

from concerns.access.concern import (
    LEADS,
    ConcernAccess,
    RaisingAccess,
    charity_responders,
    charity_staff,
    covering,
    people_to_tell_of,
    raisable_by,
    responders_for,
)
from concerns.access.service import (
    SIMULATES,
    DrillAccess,
    LadderAccess,
    PatternAccess,
    RotaAccess,
    RoutingAccess,
    SimulatingAccess,
    on_call_people,
    queues_to_rehearse,
    queues_to_try,
)
from concerns.access.share import ShareAccess

__all__ = [
    "LEADS",
    "SIMULATES",
    "ConcernAccess",
    "DrillAccess",
    "LadderAccess",
    "PatternAccess",
    "RaisingAccess",
    "RotaAccess",
    "RoutingAccess",
    "ShareAccess",
    "SimulatingAccess",
    "charity_responders",
    "charity_staff",
    "covering",
    "on_call_people",
    "people_to_tell_of",
    "queues_to_rehearse",
    "queues_to_try",
    "raisable_by",
    "responders_for",
]
