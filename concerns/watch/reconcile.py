"""The watcher: checks that every promise holds, and pings the dead-man's switch only when all do."""

from __future__ import annotations

import logging
import urllib.error
import urllib.request
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models.functions import Now

from alerts.message.models import Heartbeat
from alerts.outbox.trouble import refusal_sentences, refusals
from alerts.outbox.unreached import stuck_alerts
from alerts.pause.models import SendingPause
from alerts.watch.canary import canary_sentences
from alerts.watch.heartbeat import record_heartbeat
from audit.models import Entry
from circles.forcing_answer.models import ForcingAnswer
from concerns.choices import Side
from concerns.concern.models import Concern
from concerns.engine.models import EscalationStep
from concerns.ladder.models import WATCHED_BEFORE, end_of_holidays_within
from concerns.readiness.facts import ServiceFacts
from concerns.readiness.needs import broken_promises
from concerns.watch.canary import rehearse_chain
from concerns.watch.unusual import tell_of_unusual
from core.counts import counts_of
from offenders.identity.promises import identity_sentences

logger = logging.getLogger(__name__)

WATCHER = "watch"
"""The heartbeat that records the watcher's last run."""

OVERDUE = timedelta(minutes=2)
PING_SECONDS = 5

PAUSED = "the database was restored and sending is paused: somebody must look at what waits and let it go on"


def watch(*, at: datetime) -> list[str]:
    """Check every promise and rehearse a concern; ping the dead-man's switch if nothing is wrong. Returns the problems.

    The outside service alerts somebody when no ping comes, so any failure here is noticed as well.
    """
    try:
        tell_of_unusual(at=at)
    except Exception:
        logger.exception("nobody was told of unusual use")
    problems = [*reconcile(at=at), *holiday_sentences(at), *rehearse_chain(at=at)]
    if problems:
        logger.error("promises do not hold", extra={"problems": len(problems)})
    elif settings.DEAD_MAN_URL:
        ping(settings.DEAD_MAN_URL)
    record_heartbeat(WATCHER, at=at, detail=f"{len(problems)} problems")
    return problems


def ping(address: str) -> bool:
    """Open the address, sending no data. Returns whether it answered; never raises."""
    try:
        with urllib.request.urlopen(address, timeout=PING_SECONDS) as answer:  # noqa: S310 - the installer's own address
            return bool(answer.status < 400)
    except (OSError, ValueError, urllib.error.URLError) as failure:
        logger.error("the dead-man's switch does not answer", extra={"failure": type(failure).__name__})
        return False


def reconcile(*, at: datetime, heartbeats: Iterable[Heartbeat] | None = None) -> list[str]:
    """A sentence for every promise that does not hold now. No sentence names a case.

    `heartbeats` are all of them, where the caller has just read them.
    """
    return [
        *_clock_sentences(at),
        *undone_sentences(at),
        *(lack.words for lack in broken_promises(ServiceFacts(at))),
        *refusal_sentences(refusals() if heartbeats is None else heartbeats),
        *canary_sentences(at=at),
        *identity_sentences(),
    ]


def holiday_sentences(at: datetime) -> list[str]:
    """A sentence if the list of bank holidays ends soon."""
    last = end_of_holidays_within(WATCHED_BEFORE, at=at)
    return [] if last is None else [f"The list of bank holidays ends on {last:%-d %B %Y}. A manager must add a year."]


def undone_sentences(at: datetime) -> list[str]:
    """Check promise 2, that nothing is overdue, and that sending is not paused. One statement counts it all.

    Every open concern that still needs something has a next step with a due time. No step and no alert is long overdue.
    No answer of a log still waits to be passed on after its time.
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
        "alerts are stuck for more than fifteen minutes": stuck_alerts(at=at),
    }
    *counts, pauses = counts_of([*found.values(), SendingPause.objects.current()])
    undone = [f"{count} {words}" for words, count in zip(found, counts, strict=True) if count]
    return [*undone, PAUSED] if pauses else undone


def _clock_sentences(at: datetime) -> list[str]:
    """Compare our clock with the database's, and with the time that was written last.

    Cover and shifts end by the database's clock and alerts go by ours, so the two must agree. A clock set forward
    sends early, which harms nobody; a clock set back sends late, and somebody must know.
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
