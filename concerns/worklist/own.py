"""A person's own worries on their home page: what they have not sent, calls to record, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import BooleanField, CharField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Greatest
from django.urls import reverse

from accounts.models import KeptForm, User
from accounts.submissions import KEPT_FOR
from concerns.choices import Feedback, Level
from concerns.concern.draft_models import ConcernDraft
from concerns.concern.models import Concern
from concerns.handling.call_models import VoiceCall
from concerns.raising.tellings import NO_NEWS
from concerns.worklist.kinds import rank_of
from core.templatetags.ui import moment
from core.worklist import Rank, WorkItem
from core.worktime import LONDON

NEWS_FOR = timedelta(days=30)


LATEST = 3


CAN_WAIT = {Level.PRIORITY, Level.LOG}


GOES_ON = [*Concern.OPEN, Concern.Status.MERGED]


COLUMNS = ("what", "place", "mark", "urgency", "since", "told_as", "told", "unsaid")


WORRY, DRAFT, KEPT = "worry", "draft", "kept form"


@dataclass
class OwnWork:
    """What waits for one person, and what came of their worries, the latest first."""

    waiting: list[WorkItem] = field(default_factory=list)
    news: list[WorkItem] = field(default_factory=list)


def own_work_of(user: User, at: datetime) -> OwnWork:
    """Read both in one query, because everybody's home page shows them."""
    found = OwnWork()
    asked = _worries_of(user, at).union(_drafts_of(user), _kept_forms_of(user, at), all=True)
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in asked]
    for row in sorted(rows, key=lambda row: (row["what"] != KEPT, row["told"]), reverse=True):
        if row["what"] in UNSENT:
            found.waiting.append(UNSENT[row["what"]](row))
            continue
        if row["unsaid"]:
            found.waiting.append(_call_item_of(row))
        if row["told_as"] or row["told"] > row["since"]:
            found.news.append(_news_item_of(row))
    del found.news[LATEST:]
    return found


def _worries_of(user: User, at: datetime) -> QuerySet[Any, Any]:
    """This person's concerns that have news, or that nobody has taken on and nobody has telephoned about."""
    calls = VoiceCall.objects.filter(concern=OuterRef("pk"))
    nobody_has_it = Q(level__in=[Level.IMMEDIATE, Level.URGENT], status=Concern.Status.RAISED)
    fresh = Q(feedback_at__gte=at - NEWS_FOR) | Q(no_news_at__gte=at - NEWS_FOR, status__in=GOES_ON)
    own = Concern.objects.of_their_own(user)
    asked = own.annotate(
        unsaid=ExpressionWrapper(nobody_has_it & ~Exists(calls), output_field=BooleanField()),
        heard_at=Greatest("received_at", "feedback_at", "no_news_at"),
    )
    return asked.filter(fresh | Q(unsaid=True)).values_list(
        Value(WORRY),
        "reference",
        Cast("submit_key", CharField()),
        "level",
        "received_at",
        "feedback",
        "heard_at",
        "unsaid",
    )


def _drafts_of(user: User) -> QuerySet[Any, Any]:
    """Drafts that this person was reminded of, and has neither sent nor thrown away."""
    reminded = ConcernDraft.objects.visible_to(user).filter(nudged_at__isnull=False)
    return reminded.values_list(
        Value(DRAFT),
        "circle__reference",
        Cast("submit_key", CharField()),
        "level",
        "begun_at",
        Value("", output_field=CharField()),
        "nudged_at",
        Value(False, output_field=BooleanField()),
    )


def _draft_item_of(row: dict[str, Any]) -> WorkItem:
    return WorkItem(
        title="You wrote something and have not sent it",
        url=f"{reverse('concerns:worry', args=[row['place']])}?draft={row['mark']}",
        must_act=row["urgency"] not in CAN_WAIT,
        rank=Rank.UNSENT,
        detail=f"Circle {row['place']}, begun {moment(row['since'])}. Send it, or throw it away.",
    )


def _kept_forms_of(user: User, at: datetime) -> QuerySet[Any, Any]:
    """What they sent when they had been signed out, and have not sent since."""
    kept = KeptForm.objects.visible_to(user).filter(kept_at__gt=at - KEPT_FOR)
    return kept.values_list(
        Value(KEPT),
        "page",
        Cast("key", CharField()),
        Value("", output_field=CharField()),
        "kept_at",
        Value("", output_field=CharField()),
        "kept_at",
        Value(False, output_field=BooleanField()),
    )


def _kept_form_item_of(row: dict[str, Any]) -> WorkItem:
    return WorkItem(
        title="You were signed out before this was sent",
        url=reverse("accounts:kept_form", args=[row["mark"]]),
        rank=Rank.UNSENT,
        detail=f"Written {moment(row['since'])}, kept until {moment(row['since'] + KEPT_FOR)}. Read it, then send it.",
    )


def _call_item_of(row: dict[str, Any]) -> WorkItem:
    return WorkItem(
        title="You have not recorded who you telephoned",
        url=reverse("concerns:call", args=[row["place"]]),
        must_act=True,
        rank=rank_of(row["urgency"]),
        detail=f"{Level(row['urgency']).label} · {row['place']}. Nobody has it yet: telephone.",
    )


UNSENT = {DRAFT: _draft_item_of, KEPT: _kept_form_item_of}


def _news_item_of(row: dict[str, Any]) -> WorkItem:
    return WorkItem(
        title=f"Your concern of {row['since'].astimezone(LONDON):%-d %B}",
        url=reverse("concerns:receipt", args=[row["place"]]),
        detail=Feedback(row["told_as"]).label if row["told_as"] else NO_NEWS,
    )
