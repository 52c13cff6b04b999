"""The concern's tables: the worry itself, who works it, and the clocks that chase."""

from concerns.models.concern import Concern, ConcernEvent
from concerns.models.concern_choices import (
    AtRisk,
    Audience,
    Basis,
    Feedback,
    GoingOn,
    Kind,
    Level,
    Outcome,
    ReportedTo,
    Side,
    Whom,
    Withheld,
)
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
from concerns.models.voice import OwnReport, VoiceCall

__all__ = [
    "Acknowledgement",
    "AtRisk",
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
    "GoingOn",
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
    "OwnReport",
    "Pattern",
    "Queue",
    "QueueGroupPermission",
    "QueueUserPermission",
    "ReportedTo",
    "Route",
    "RoutingRule",
    "RoutingVersion",
    "Rung",
    "SavedView",
    "Share",
    "ShareEvent",
    "Side",
    "Told",
    "VoiceCall",
    "Whom",
    "Withheld",
    "working_time",
]
