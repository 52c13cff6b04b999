"""The canary concern: raised like a real one, run up its ladder, checked, and rolled back before anybody can see it.

The canary message (`alerts.watch.canary`) checks the rest of the way: from the outbox to a mailbox.
"""

from __future__ import annotations

import logging
from datetime import datetime
from uuid import uuid4

from django.db import transaction

from alerts.message.models import Alert, Channel
from circles.circle.models import Membership
from concerns.choices import Level, Side
from concerns.engine.models import EscalationStep
from concerns.engine.operations import fire_due_steps
from concerns.engine.plan import plan_for
from concerns.raising.operations import store_concern

logger = logging.getLogger(__name__)

WORDS = "This is a rehearsal of the service itself."


def rehearse_chain(*, at: datetime) -> list[str]:
    """What would go wrong with a concern raised now, as sentences. Empty if it would be stored and would climb.

    It is one transaction that is rolled back: no queue ever holds the concern, and no message is sent.
    """
    joined = Membership.objects.current().filter(volunteer__user__is_active=True)
    membership = joined.select_related("circle", "volunteer__user").order_by("-pk").first()
    if membership is None:
        return []
    try:
        with transaction.atomic():
            problems = _raise_and_run(membership, at=at)
            transaction.set_rollback(True)
    except Exception as failure:
        logger.exception("the canary concern failed")
        return [f"a concern raised now would fail: {type(failure).__name__}"]
    return problems


def _raise_and_run(membership: Membership, *, at: datetime) -> list[str]:
    """Raise it, take every rung of the charity's ladder as if nobody answered, and check who was told."""
    concern = store_concern(
        membership.circle,
        submit_key=uuid4(),
        suggested=Level.URGENT,
        words=WORDS,
        by=membership.volunteer.user,
        at=at,
        meeting=None,
        about=None,
        answers={},
    )
    plan = plan_for(concern, Side.CHARITY)
    fire_due_steps(concern, at=plan.clock.after(at, plan.rungs[plan.last].after, plan.worktime))
    problems = []
    if not Alert.objects.filter(key__startswith=f"{concern.reference}:", channel=Channel.EMAIL).exists():
        problems.append("a concern raised now would reach nobody")
    if not EscalationStep.objects.pending().filter(concern=concern, side=Side.CHARITY, round__gt=1).exists():
        problems.append("a concern raised now would fall silent at the end of its ladder")
    return problems
