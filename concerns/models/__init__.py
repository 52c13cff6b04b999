"""The concern's tables: the worry itself, who works it, and the clocks that chase."""

from concerns.models.concern import Concern, ConcernEvent
from concerns.models.concern_choices import Audience, Basis, Feedback, Kind, Level, Outcome, Side
from concerns.models.draft import ConcernDraft
from concerns.models.drill import Drill, DrillAnswer
from concerns.models.escalation import Acknowledgement, EscalationStep
from concerns.models.handover import Handover
from concerns.models.hold import Hold
from concerns.models.ladder import Clock, Holiday, LadderVersion, Rung, working_time
from concerns.models.link import ConcernLink
from concerns.models.pattern import Mention, Named, Pattern
from concerns.models.queue import Queue, QueueGroupPermission, QueueUserPermission
from concerns.models.rota import OnCallShift
from concerns.models.routing import OrderStatus, Route, RoutingRule, RoutingVersion
from concerns.models.saved_view import SavedView
from concerns.models.second_person import Ending, EndProposal
from concerns.models.share import Gateway, Method, Share, ShareEvent, Told

__all__ = [
    "Acknowledgement",
    "Audience",
    "Basis",
    "Clock",
    "Concern",
    "ConcernDraft",
    "ConcernEvent",
    "ConcernLink",
    "Drill",
    "DrillAnswer",
    "EndProposal",
    "Ending",
    "EscalationStep",
    "Feedback",
    "Gateway",
    "Handover",
    "Hold",
    "Holiday",
    "Kind",
    "LadderVersion",
    "Level",
    "Mention",
    "Method",
    "Named",
    "OnCallShift",
    "OrderStatus",
    "Outcome",
    "Pattern",
    "Queue",
    "QueueGroupPermission",
    "QueueUserPermission",
    "Route",
    "RoutingRule",
    "RoutingVersion",
    "Rung",
    "SavedView",
    "Share",
    "ShareEvent",
    "Side",
    "Told",
    "working_time",
]
