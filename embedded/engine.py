"""Loads the on-call rota, with a gap in it, and a rehearsal that most people answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from accounts.models import Area, User
from concerns.drill.models import Drill
from concerns.drill.operations import answer_drill, start_drill
from concerns.queue.models import Queue
from concerns.rota.models import OnCallShift
from concerns.rota.operations import agree_to_shift, cancel_shift, plan_shift
from core.worktime import LONDON
from embedded.alerts import settle_past_alerts

DAY = timedelta(days=1)


def load_engine(people: Mapping[str, User], *, at: datetime) -> None:
    """Load the rota of the coming weeks, with one gap, and last week's rehearsal."""
    _load_rota(people, at=at)
    nine = at.astimezone(LONDON).replace(hour=9, minute=0, second=0, microsecond=0)
    _load_drill(people, at=nine - 8 * DAY)


def _load_rota(people: Mapping[str, User], *, at: datetime) -> None:
    """Plan Fay for nine days, then nobody for two nights, then Hana for a fortnight."""
    hana = people["Hana Reid"]
    nine = at.astimezone(LONDON).replace(hour=9, minute=0, second=0, microsecond=0)
    for shift in OnCallShift.objects.agreed():
        cancel_shift(shift, by=hana, at=at)
    for name, telephone, begins, ends in [
        ("Fay Osborne", "01632 960 123", -1, 9),
        ("Hana Reid", "01632 960 145", 11, 25),
    ]:
        shift = plan_shift(
            people[name], telephone=telephone, starts_at=nine + begins * DAY, ends_at=nine + ends * DAY, by=hana, at=at
        )
        agree_to_shift(shift, by=people["Fay Osborne"], at=at)


def _load_drill(people: Mapping[str, User], *, at: datetime) -> Drill:
    """Start a rehearsal in which all but one of the Cambridgeshire queue pressed “I have received it”."""
    queue = Queue.objects.get(area=Area.objects.get(code="cambridgeshire"))
    drill = start_drill(queue, by=people["Hana Reid"], at=at)
    for name, minutes in [("Femi Okafor", 4), ("Leah Marsh", 11), ("Oswin Hale", 52)]:
        answer_drill(drill, by=people[name], at=at + timedelta(minutes=minutes))
    settle_past_alerts(f"{drill.reference}:", at=at + DAY)
    return drill
