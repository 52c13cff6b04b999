"""Who may do what in concerns, and who must be told."""

from concerns.access.concern import (
    LEADS,
    ConcernAccess,
    RaisingAccess,
    charity_staff,
    raisable_by,
    raises_as_staff,
)
from concerns.access.disclosure import AskingAccess, DisclosureAccess, told_of
from concerns.access.register import (
    IncidentAccess,
    LowLevelAccess,
    ReferralAccess,
    keepers,
    keepers_of,
    our_people,
)
from concerns.access.responders import charity_responders, draft_responders, responders_for, takers
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
    "AskingAccess",
    "ConcernAccess",
    "DisclosureAccess",
    "DrillAccess",
    "IncidentAccess",
    "LadderAccess",
    "LowLevelAccess",
    "PatternAccess",
    "RaisingAccess",
    "ReferralAccess",
    "RotaAccess",
    "RoutingAccess",
    "ShareAccess",
    "SimulatingAccess",
    "charity_responders",
    "charity_staff",
    "draft_responders",
    "keepers",
    "keepers_of",
    "on_call_people",
    "our_people",
    "queues_to_rehearse",
    "queues_to_try",
    "raisable_by",
    "raises_as_staff",
    "responders_for",
    "takers",
    "told_of",
]
