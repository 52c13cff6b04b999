"""Who may do what in a circle, and in what hangs on it."""

from circles.access.action import ActionAccess
from circles.access.circle import CircleAccess, OpeningAccess
from circles.access.meeting import MeetingAccess, MinutesShareAccess, SwapAccess
from circles.access.own import FeedAccess, HoursAccess
from circles.access.register import RegisterAccess, TaxonomyAccess, VenueAccess
from circles.access.review import ReviewAccess
from circles.access.risk import CompletionAccess, RiskReviewAccess

__all__ = [
    "ActionAccess",
    "CircleAccess",
    "CompletionAccess",
    "FeedAccess",
    "HoursAccess",
    "MeetingAccess",
    "MinutesShareAccess",
    "OpeningAccess",
    "RegisterAccess",
    "ReviewAccess",
    "RiskReviewAccess",
    "SwapAccess",
    "TaxonomyAccess",
    "VenueAccess",
]
