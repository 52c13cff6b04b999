"""The watcher: proves the promises hold, and stays silent when they do not."""

from __future__ import annotations

import logging
import urllib.error
import urllib.request
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.db.models.functions import Now

from accounts.factors import with_strong_factor
from accounts.models import User
from alerts.message.models import Urgency
from alerts.outbox.trouble import refusal_sentences
from alerts.outbox.unreached import stuck_sentences
from alerts.pause.operations import pause_sentences
from alerts.receipt.operations import reachable_people
from alerts.watch.canary import canary_sentences
from alerts.watch.heartbeat import record_heartbeat
from audit.models import Entry
from circles.circle.models import Circle
from circles.forcing_answer.models import ForcingAnswer
from concerns.choices import Side
from concerns.concern.models import Concern
from concerns.engine.models import EscalationStep
from concerns.ladder.models import WATCHED_BEFORE, end_of_holidays_within
from concerns.queue.models import Queue
from concerns.watch.canary import rehearse_chain
from concerns.watch.unusual import tell_of_unusual

logger = logging.getLogger(__name__)

WATCHER = "watch"
"""The heartbeat that says the promises were looked at."""

OVERDUE = timedelta(minutes=2)
LEAST_PEOPLE = 2
PING_SECONDS = 5


def watch(*, at: datetime) -> list[str]:
    """Reconcile, and rehearse a concern; only if every promise holds, ping the dead-man's switch outside. Answers with the problems.

    A silence is what brings somebody, so whatever goes wrong here is told by the ping's absence.
    """
    try:
        tell_of_unusual(at=at)
    except Exception:
        logger.exception("nobody was told of unusual use")
    problems = [*reconcile(at=at), *holidays_ending(at), *rehearse_chain(at=at)]
    if problems:
        logger.error("promises do not hold", extra={"problems": len(problems)})
    elif settings.DEAD_MAN_URL:
        ping(settings.DEAD_MAN_URL)
    record_heartbeat(WATCHER, at=at, detail=f"{len(problems)} problems")
    return problems


def ping(address: str) -> bool:
    """Knock at the address; the knock says nothing. Whether it was answered; never raises."""
    try:
        with urllib.request.urlopen(address, timeout=PING_SECONDS) as answer:  # noqa: S310 - the installer's own address
            return bool(answer.status < 400)
    except (OSError, ValueError, urllib.error.URLError) as failure:
        logger.error("the dead-man's switch does not answer", extra={"failure": type(failure).__name__})
        return False


def reconcile(*, at: datetime) -> list[str]:
    """Every promise that does not hold now, as sentences without a case in them; nothing if all is well."""
    return [
        *clocks_apart(at),
        *left_undone(at),
        *areas_without_queue(),
        *thin_queues(),
        *pause_sentences(),
        *refusal_sentences(),
        *stuck_sentences(at=at),
        *canary_sentences(at=at),
    ]


def holidays_ending(at: datetime) -> list[str]:
    """Working time knows which days are off for a while yet."""
    last = end_of_holidays_within(WATCHED_BEFORE, at=at)
    return [] if last is None else [f"The list of bank holidays ends on {last:%-d %B %Y}. A manager must add a year."]


def left_undone(at: datetime) -> list[str]:
    """Promise 2, and that nothing is overdue.

    Every open concern of which something is still wanted has a next step with a due time; no step is long overdue;
    no answer of a log waits to be passed on, though the service should have done it by now.
    """
    pending = EscalationStep.objects.pending()
    charity = pending.filter(side=Side.CHARITY).values("concern")
    agency = pending.filter(side=Side.AGENCY).values("concern")
    found = {
        "open concerns have no next step at the charity": Concern.objects.chased(Side.CHARITY).exclude(pk__in=charity),
        "concerns in a queue have no next step at the agencies": Concern.objects.chased(Side.AGENCY).exclude(
            pk__in=agency
        ),
        "steps are overdue by more than two minutes": EscalationStep.objects.due(at - OVERDUE),
        "answers of logs wait to be passed on": ForcingAnswer.objects.overdue(at - OVERDUE),
    }
    counts = counts_of(found.values())
    return [f"{count} {words}" for words, count in zip(found, counts, strict=True) if count]


def counts_of(rows: Iterable[QuerySet[Any]]) -> list[int]:
    """How many rows each of these has, at one statement."""
    asked = [each.order_by().values("pk").query.sql_with_params() for each in rows]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT " + ", ".join(f"(SELECT count(*) FROM ({sql}) AS found)" for sql, _ in asked),  # noqa: S608
            [value for _, values in asked for value in values],
        )
        return [int(count) for count in cursor.fetchone()]


def clocks_apart(at: datetime) -> list[str]:
    """Our clock against the database's and against what was written last.

    Cover and shifts end by the database's clock and alerts go by ours: the two must be one. A clock set
    forward fires early, which harms nobody; one set back fires late, and somebody must know.
    """
    latest = Entry.objects.annotate(theirs=Now()).order_by("-pk").values_list("at", "theirs").first()
    if latest is None:
        return []
    written, theirs = latest
    problems = []
    if abs(theirs - at) > settings.CLOCKS_AGREE_WITHIN:
        problems.append("this machine’s clock and the database’s differ: set both by one time server")
    if written > at + OVERDUE:
        problems.append("the time of day is behind what was written before: alerts will be late until it is right")
    return problems


def areas_without_queue() -> list[str]:
    """Where a circle runs and no queue hears of its concerns: no agency is told anything there."""
    running = Circle.objects.filter(status__in=[*Circle.MEETS, Circle.Status.PAUSED, Circle.Status.ENDING]).exclude(
        core_member__area__queue__isnull=False
    )
    names = running.order_by("core_member__area__name").values_list("core_member__area__name", flat=True).distinct()
    return [f"{name} has a circle and no queue: no agency hears of its concerns" for name in names]


def thin_queues() -> list[str]:
    """Every queue has at least two active people whom a message reaches and who could then sign in and open it."""
    queues = Queue.objects.all().people()
    everybody = with_strong_factor(User.objects.filter(is_active=True, pk__in=set().union(*queues.values())))
    reached = {person.pk for person in reachable_people(everybody, Urgency.URGENT)}
    thin = sorted(reference for reference, people in queues.items() if len(people & reached) < LEAST_PEOPLE)
    return [
        f"queue {reference} has fewer than two people who can be reached and hold a second factor" for reference in thin
    ]
