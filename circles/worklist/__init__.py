"""The work that circles give a person: one list of kinds, read by the home page, by each circle's page and by the wall."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils.module_loading import import_string

from accounts.models import User
from circles.circle.models import Circle
from circles.worklist.apart import APART_KINDS
from circles.worklist.due import DUE_KINDS
from circles.worklist.expiries import EXPIRY_KINDS
from circles.worklist.forcing import FORCING_KINDS
from circles.worklist.identities import IDENTITY_KINDS
from circles.worklist.lines import WorkKind, circle_reader, find_work, home_reader
from circles.worklist.looks import LOOK_KINDS
from circles.worklist.management import MANAGEMENT_KINDS
from circles.worklist.minutes import MINUTES_KINDS
from circles.worklist.preparing import PREPARING_KINDS
from circles.worklist.referrals import REFERRAL_KINDS
from circles.worklist.restricted_places import RESTRICTED_PLACE_KINDS
from circles.worklist.reviews import REVIEW_KINDS
from circles.worklist.risk import RISK_KINDS
from circles.worklist.sharing import SHARING_KINDS
from circles.worklist.without_circle import WITHOUT_CIRCLE_KINDS
from core.worklist import WorkItem, sort_work

KINDS: tuple[WorkKind, ...] = (
    *FORCING_KINDS,
    *MINUTES_KINDS,
    *RISK_KINDS,
    *PREPARING_KINDS,
    *WITHOUT_CIRCLE_KINDS,
    *RESTRICTED_PLACE_KINDS,
    *EXPIRY_KINDS,
    *MANAGEMENT_KINDS,
    *DUE_KINDS,
    *REVIEW_KINDS,
    *REFERRAL_KINDS,
    *SHARING_KINDS,
    *IDENTITY_KINDS,
    *LOOK_KINDS,
    *APART_KINDS,
)
"""Every kind of work in the circles. A new kind is added in its file, and nowhere else."""


def work_of(user: User, at: datetime) -> list[WorkItem]:
    """Everything in the circles that waits for this person."""
    [items] = find_work(KINDS, home_reader(user, at))
    return items


def to_do_in(circle: Circle, user: User, at: datetime, *, leads: bool, belongs: bool) -> list[WorkItem]:
    """What there is to do in one circle: for a volunteer of it, or for whoever looks after it. The same kinds as at home."""
    kinds = [*KINDS, *(kind for name in settings.WORK_KINDS for kind in import_string(name))]
    [items] = find_work(kinds, circle_reader(user, circle, at, leads=leads, belongs=belongs))
    return sort_work(items, at)
