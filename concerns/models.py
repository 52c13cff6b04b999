"""Joins the rooms' tables for Django. Everybody else imports a table from its room."""

from concerns.concern.draft_models import ConcernDraft
from concerns.concern.event_models import ConcernEvent
from concerns.concern.models import Concern
from concerns.disclosure.models import DisclosureRequest
from concerns.drill.models import Drill, DrillAnswer
from concerns.engine.hold_models import Hold
from concerns.engine.models import Acknowledgement, EscalationStep
from concerns.handling.call_models import OwnReport, VoiceCall
from concerns.handling.link_models import ConcernLink
from concerns.handling.models import EndProposal
from concerns.handover.models import Handover
from concerns.incident.models import SeriousIncident
from concerns.ladder.models import Clock, Holiday, LadderVersion, Rung
from concerns.lists.models import SavedView
from concerns.low_level.models import LowLevelConcern, PatternReview
from concerns.pattern.models import Mention, Pattern
from concerns.queue.models import Queue, QueueUserPermission
from concerns.referral.models import SafeguardingReferral
from concerns.register.models import RecordEvent
from concerns.rota.models import OnCallShift
from concerns.routing.models import RoutingRule, RoutingVersion
from concerns.share.models import Share, ShareEvent
from concerns.share.reply_models import ShareReply

__all__ = [
    "Acknowledgement",
    "Clock",
    "Concern",
    "ConcernDraft",
    "ConcernEvent",
    "ConcernLink",
    "DisclosureRequest",
    "Drill",
    "DrillAnswer",
    "EndProposal",
    "EscalationStep",
    "Handover",
    "Hold",
    "Holiday",
    "LadderVersion",
    "LowLevelConcern",
    "Mention",
    "OnCallShift",
    "OwnReport",
    "Pattern",
    "PatternReview",
    "Queue",
    "QueueUserPermission",
    "RecordEvent",
    "RoutingRule",
    "RoutingVersion",
    "Rung",
    "SafeguardingReferral",
    "SavedView",
    "SeriousIncident",
    "Share",
    "ShareEvent",
    "ShareReply",
    "VoiceCall",
]
