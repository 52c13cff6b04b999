"""Makes one of each kind of work, and says for whom, in which circle and how many days from now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, NamedTuple

from accounts.models import Area, User
from circles.circle.models import Circle
from circles.minutes.operations import add_addendum
from circles.rota.operations import offer_minutes
from circles.venue.models import Venue
from circles.venue.operations import choose_venue
from concerns.choices import Outcome
from concerns.engine.operations import fire_due_concerns
from concerns.handling.operations import answer_concern
from concerns.handling.promise_operations import acknowledge_concern
from concerns.watch.sweep import sweep
from offenders.lead.models import LeadChange
from offenders.mappa.action_operations import add_mappa_action, plan_mappa_meeting
from offenders.mappa.operations import change_area
from offenders.restriction.operations import add_restriction, verify_restrictions
from offenders.risk.operations import add_risk_assessment
from offenders.wall.association_operations import note_non_association
from offenders.wall.break_glass_operations import break_glass
from offenders.wall.operations import add_wall_entry
from tests.circles.goal.rows import action
from tests.circles.life.preparing import (
    EVERYTHING,
    end_and_close,
    hall,
    name_contact,
    prepared_circle,
    proposed_circle,
    today,
)
from tests.circles.log.writing import save_minutes, send, write
from tests.circles.minutes.rows import minutes_of_tom
from tests.circles.minutes_share.shares import shared_minutes
from tests.circles.review.reviews import held_review, invited_review, planned_review
from tests.circles.risk.risk_reviews import planned_risk_review, signed_off_risk_review
from tests.concerns.engine.raising import worry
from tests.concerns.handover.rows import concern_handed_over
from tests.concerns.raising.test_drafts import begin_draft
from tests.concerns.register.keeping import disclosure_request
from tests.concerns.share.rows import proposed_share
from tests.world import World
from volunteers.volunteer.models import Volunteer

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


class Example(NamedTuple):
    """How to make it, for whom it waits, and after how long. `make` may answer with the circle: else it is Ely."""

    make: Callable[[World], Any]
    who: str
    after: timedelta = timedelta()


def _pass_on(world: World) -> None:
    write(world.meeting, by=world.ben, at=world.now)
    save_minutes(world.meeting, answers={"wellbeing": "plan"}, by=world.ben, at=world.now)


def _swap(world: World) -> None:
    turn = world.ely.meetings.filter(planned_at__gt=world.now, minute_taker__user=world.tom).earliest("planned_at")
    offer_minutes(turn, to=Volunteer.objects.get(user=world.uma), by=world.tom, at=world.now)


def _new_area(world: World) -> None:
    change_area(
        world.core_member,
        area=Area.objects.get(code="norfolk"),
        changed_on=today(world),
        why="He moved.",
        by=world.ann,
        at=world.now,
    )


def _risk_due(world: World) -> None:
    add_risk_assessment(
        world.core_member,
        tool="oasys",
        band=3,
        assessed_on=today(world) - 200 * DAY,
        assessor="Priya Lowe, probation",
        review_on=today(world) + 10 * DAY,
        by=world.ann,
        at=world.now,
    )


def _mappa_action(world: World) -> None:
    add_mappa_action(world.core_member, words="Write to them.", due_on=today(world), by=world.ann, at=world.now)


def _mappa_meeting(world: World) -> None:
    plan_mappa_meeting(world.core_member, meets_on=today(world) + 7 * DAY, by=world.ann, at=world.now)


def _prompt(world: World) -> None:
    signed_off_risk_review(world, due_in=-91, score=3)
    signed_off_risk_review(world, due_in=0, score=2, mood=5)


def _new_lead(world: World) -> None:
    LeadChange.objects.create(
        core_member=world.core_member,
        was="probation",
        became="police",
        changed_on=today(world),
        why="His licence ended.",
        noted_at=world.now,
        noted_by=world.ann,
    )


def _unread(world: World) -> None:
    verify_restrictions(world.core_member, by=world.ann, at=world.now - DAY)
    _restriction(world, 300)


def _restriction(world: World, days: int = 20) -> None:
    add_restriction(
        world.core_member,
        source="licence",
        plain_words="No alcohol.",
        starts_on=today(world) - 30 * DAY,
        ends_on=today(world) + days * DAY,
        by=world.ann,
        at=world.now,
    )


def _keeps_out(world: World, place: Venue | None = None) -> None:
    """He keeps out of where his circle meets, and nobody has answered that."""
    Circle.objects.filter(pk=world.ely.pk).update(venue=place or hall(world))
    add_restriction(
        world.core_member,
        source="licence",
        plain_words="He keeps out of Ely.",
        starts_on=today(world),
        avoids_district="CB7",
        by=world.ann,
        at=world.now,
    )


def _moved_where_he_keeps_out(world: World) -> None:
    _keeps_out(world, hall(world, "OAK", district="PE13"))
    hall(world)
    coming = world.ely.meetings.filter(planned_at__gt=world.now).order_by("planned_at")[0]
    world.ely.meetings.filter(pk=coming.pk).update(place_code="HALL")


def _answer_log(world: World) -> None:
    concern = acknowledge_concern(worry(world), until=world.now + HOUR, by=world.esi, at=world.now)
    answer_concern(concern, outcome=Outcome.VISIT, answer="Visited.", by=world.esi, at=world.now)


def _late_concern(world: World) -> None:
    worry(world)
    for minutes in (30, 60):
        fire_due_concerns(at=world.now + timedelta(minutes=minutes))


def _leave_log_unsent(world: World) -> None:
    begin_draft(world)
    sweep(at=world.now + 4 * HOUR)


def _look(world: World) -> None:
    """Hana is not on Paul's list and looks."""
    add_wall_entry(
        world.core_member, person=world.fay, kind="allow", reason="He is well known.", by=world.ann, at=world.now
    )
    break_glass(reference=world.core_member.reference, reason="A call at night.", by=world.hana, at=world.now)


def _apart(world: World) -> None:
    """Paul must not meet the man of the Wisbech circle, which meets on the same evening."""
    note_non_association(
        world.core_member, reference="EE-3091-T", reason="His licence says so.", by=world.hana, at=world.now
    )


EXAMPLES = {
    "apart": Example(_apart, "ann"),
    "look": Example(_look, "ann"),
    "management_change": Example(_new_area, "ann"),
    "risk_due": Example(_risk_due, "ann"),
    "mappa_action": Example(_mappa_action, "ann"),
    "mappa_meeting": Example(_mappa_meeting, "ann"),
    "forcing_answer": Example(_pass_on, "ann"),
    "write": Example(lambda world: None, "ben"),
    "take_over": Example(lambda world: None, "tom", 42 * HOUR),
    "call": Example(lambda world: send(world.meeting, by=world.ben, at=world.now, support="yes") and None, "ann"),
    "read": Example(lambda world: send(world.meeting, by=world.ben, at=world.now) and None, "ann"),
    "chase": Example(lambda world: None, "ann", 60 * HOUR),
    "assent": Example(lambda world: minutes_of_tom(world) and None, "ben"),
    "swap": Example(_swap, "uma"),
    "score": Example(lambda world: planned_risk_review(world) and None, "ben"),
    "risk_review": Example(lambda world: planned_risk_review(world) and None, "ann"),
    "prompt": Example(_prompt, "ann"),
    "signature": Example(lambda world: prepared_circle(world, EVERYTHING - {"signatures"}), "tom"),
    "prepare": Example(proposed_circle, "ann"),
    "place": Example(lambda world: Venue.objects.update(assessed_on=None, assessed_until=None) and None, "ann"),
    "check": Example(
        lambda world: Volunteer.objects.filter(user=world.tom).update(checked_until=today(world) - DAY) and None, "ann"
    ),
    "assessment": Example(
        lambda world: choose_venue(world.ely, venue=hall(world, days=20), by=world.ann, at=world.now) and None, "ann"
    ),
    "restricted_place": Example(_keeps_out, "ann"),
    "restricted_meeting": Example(_moved_where_he_keeps_out, "ann"),
    "contact": Example(lambda world: name_contact(world.ely, world) and None, "ann"),
    "end": Example(
        lambda world: Circle.objects.filter(pk=world.ely.pk).update(planned_end_on=today(world) + 9 * DAY) and None,
        "ann",
    ),
    "restriction": Example(_restriction, "ann"),
    "lead": Example(_new_lead, "ann"),
    "unread": Example(_unread, "ann"),
    "action": Example(lambda world: action(world) and None, "ben", 9 * DAY),
    "measures_start": Example(lambda world: None, "ann", 40 * DAY),
    "measures_middle": Example(lambda world: None, "ann", 145 * DAY),
    "measures_end": Example(lambda world: None, "ann", 295 * DAY),
    "check_6": Example(lambda world: end_and_close(world.ely, world) and None, "ann", 190 * DAY),
    "check_12": Example(lambda world: end_and_close(world.ely, world) and None, "ann", 380 * DAY),
    "check_24": Example(lambda world: end_and_close(world.ely, world) and None, "ann", 745 * DAY),
    "review": Example(lambda world: planned_review(world) and None, "ann", 70 * DAY),
    "review_chase": Example(lambda world: held_review(world) and None, "ann"),
    "view": Example(lambda world: invited_review(world) and None, "tom"),
    "resend": Example(
        lambda world: (
            add_addendum(shared_minutes(world).meeting, words="He rang.", by=world.ben, at=world.now + HOUR) and None
        ),
        "ann",
        2 * HOUR,
    ),
    "concern": Example(lambda world: worry(world) and None, "ann"),
    "answered": Example(_answer_log, "ann"),
    "late": Example(_late_concern, "hana", HOUR),
    "handover": Example(lambda world: concern_handed_over(world) and None, "ann"),
    "untold": Example(_answer_log, "hana", 7 * DAY),
    "unsent": Example(_leave_log_unsent, "ann"),
    "disclosure": Example(lambda world: disclosure_request(world) and None, "ann"),
    "share": Example(lambda world: proposed_share(world) and None, "hana"),
}

OF_NO_CIRCLE = {
    "agreement": "a sharing agreement is an area's",
    "queue": "an agency sees no circle's page",
    "referral": "the register is read by those who keep it",
    "agency_referral": "he has no circle yet",
    "no_circle": "he has no circle yet",
    "panel_view": "he has no circle yet",
    "referral_paper": "he has no circle yet",
    "referral_kept": "a circle's page says nothing of a name",
    "incident": "the register is read by those who keep it",
    "shift": "the rota is the whole service's",
    "rehearsal": "a queue is an area's",
    "pattern": "it joins concerns of several circles",
    "low_level_month": "it is about people of the charity",
    "low_level_pattern": "it is about people of the charity",
    "holidays": "the list is the whole service's",
    "identity_match": "the two may be of two circles, or of none",
    "identity_erasure": "a circle's page says nothing of a name",
}
"""Kinds that stand on no circle's page, and why."""


def person_of(world: World, example: Example) -> User:
    return world.people[example.who]
