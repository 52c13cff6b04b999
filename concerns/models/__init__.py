"""The concern's tables: the worry itself, who works it, and the clocks that chase."""

from concerns.models.concern import Concern, ConcernEvent
from concerns.models.concern_choices import Audience, Basis, Feedback, Kind, Level, Outcome, Side
from concerns.models.draft import ConcernDraft
from concerns.models.drill import Drill, DrillAnswer
from concerns.models.escalation import Acknowledgement, EscalationStep
from concerns.models.hold import Hold
from concerns.models.ladder import Clock, Holiday, LadderVersion, Rung, working_time
from concerns.models.queue import Queue, QueueGroupPermission, QueueUserPermission
from concerns.models.rota import OnCallShift
from concerns.models.share import Gateway, Method, Share, ShareEvent, Told

__all__ = [
    "Acknowledgement",
    "Audience",
    "Basis",
    "Clock",
    "Concern",
    "ConcernDraft",
    "ConcernEvent",
    "Drill",
    "DrillAnswer",
    "EscalationStep",
    "Feedback",
    "Gateway",
    "Hold",
    "Holiday",
    "Kind",
    "LadderVersion",
    "Level",
    "Method",
    "OnCallShift",
    "Outcome",
    "Queue",
    "QueueGroupPermission",
    "QueueUserPermission",
    "Rung",
    "Share",
    "ShareEvent",
    "Side",
    "Told",
    "working_time",
]
