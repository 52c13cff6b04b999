"""Each guard bites by itself: with it the act is refused in its own words, and with it taken away the act is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from circles.action.operations import agree_action
from circles.agreement.models import Briefing, Signature
from circles.circle.models import Circle
from circles.forcing_answer.models import ForcingAnswerQuerySet
from circles.life import guards, loose_ends
from circles.life import operations as life
from circles.life.guards import TO_MATCH, TO_MEET, TO_PREPARE, Guard
from circles.life.operations import (
    begin_ending,
    close_circle,
    match_circle,
    pause_circle,
    prepare_circle,
    resume_circle,
    start_weekly,
)
from circles.log.operations import submit_minutes
from circles.meeting.models import Meeting
from circles.minutes.operations import approve_minutes
from circles.minutes.questions import QUESTIONS
from circles.sharing_agreement.models import SharingAgreement
from circles.venue.models import Venue
from concerns.queue.models import QueueGroupPermission
from core.errors import Refused
from offenders.consent.models import Consent
from offenders.contact.models import Contact
from offenders.core_member.models import CoreMember
from tests.circles.life.preparing import prepared_circle, proposed_circle, started_circle, supply, today
from tests.circles.log.writing import ALWAYS_NEEDED, send, write
from tests.world import World
from volunteers.volunteer.models import Volunteer

Opens = Callable[[Circle, date], object]
DAY = timedelta(days=1)

OPENS: dict[str, tuple[Opens, str]] = {
    "sharing": (
        lambda circle, day: SharingAgreement.objects.update(review_on=day - DAY),
        "no agreement is in force for Cambridgeshire",
    ),
    "queue": (
        lambda circle, day: QueueGroupPermission.objects.filter(
            content_object__area=circle.core_member.area_id
        ).delete(),
        "nobody works a queue for Cambridgeshire",
    ),
    "volunteers": (
        lambda circle, day: Volunteer.objects.filter(user__first_name="Tom").update(checked_until=day - DAY),
        "3 of at least 4 volunteers; Tom’s criminal-record check has run out",
    ),
    "contacts": (
        lambda circle, day: Contact.objects.update(verified_on=day - 91 * DAY),
        "Case officer not rung in the last ninety days",
    ),
    "restrictions": (
        lambda circle, day: CoreMember.objects.filter(pk=circle.core_member_id).update(
            restrictions_verified_at=None, restrictions_verified_by=None
        ),
        "his restrictions have not been read over with whoever manages him",
    ),
    "consent": (
        lambda circle, day: Consent.objects.filter(core_member=circle.core_member_id).delete(),
        "Ray has not agreed to take part",
    ),
    "venue": (
        lambda circle, day: Venue.objects.update(assessed_on=None, assessed_until=None),
        "HALL has no risk assessment that holds on",
    ),
    "briefing": (lambda circle, day: Briefing.objects.filter(circle=circle).delete(), "no briefing has been held"),
    "signatures": (
        lambda circle, day: Signature.objects.filter(circle=circle, person=None).delete(),
        "Ray still to sign",
    ),
}
"""How each guard is opened when everything else stands, and what it alone then says."""

each = pytest.mark.parametrize("guard", TO_MEET, ids=[guard.name for guard in TO_MEET])


@pytest.fixture
def drop(monkeypatch: pytest.MonkeyPatch) -> Callable[[Guard], None]:
    """Take one guard out of whatever an operation asks."""

    def without(gone: Guard) -> None:
        def ask(circle: Circle, day: date, asked: tuple[Guard, ...] = TO_MEET) -> None:
            guards.require_closed(circle, day, [one for one in asked if one is not gone])

        monkeypatch.setattr(life, "require_closed", ask)

    return without


def open_it(circle: Circle, guard: Guard, world: World) -> str:
    opens, words = OPENS[guard.name]
    opens(circle, today(world))
    return words


def check_guard(act: Callable[[], object], words: str, take_away: Callable[[], None]) -> object:
    """Refused in these words and no others; then, without the guard, done."""
    with pytest.raises(Refused) as refused:
        act()
    assert words in refused.value.message
    for other, (_, said) in OPENS.items():
        assert said == words or said not in refused.value.message, f"{other} was open too"
    take_away()
    return act()


def test_every_guard_is_tried_here() -> None:
    assert set(OPENS) == {guard.name for guard in (*TO_MEET, *TO_MATCH, *TO_PREPARE)}


@each
def test_a_circle_does_not_start_past_it(world: World, guard: Guard, drop: Callable[[Guard], None]) -> None:
    circle = prepared_circle(world)
    words = open_it(circle, guard, world)
    begun = check_guard(lambda: start_weekly(circle, by=world.ann, at=world.now), words, lambda: drop(guard))
    assert isinstance(begun, Circle)
    assert begun.status == Circle.Status.WEEKLY


@each
def test_a_circle_does_not_come_back_from_a_pause_past_it(
    world: World, guard: Guard, drop: Callable[[Guard], None]
) -> None:
    circle = pause_circle(started_circle(world), reason="Risk.", by=world.ann, at=world.now)
    words = open_it(circle, guard, world)
    back = check_guard(lambda: resume_circle(circle, by=world.ann, at=world.now), words, lambda: drop(guard))
    assert isinstance(back, Circle)
    assert back.status == Circle.Status.WEEKLY


@pytest.mark.parametrize("guard", TO_MATCH, ids=[guard.name for guard in TO_MATCH])
def test_nobody_is_matched_past_it(world: World, guard: Guard, drop: Callable[[Guard], None]) -> None:
    circle = supply(proposed_circle(world), world)
    words = open_it(circle, guard, world)
    check_guard(lambda: match_circle(circle, no_conflicts=True, by=world.ann, at=world.now), words, lambda: drop(guard))
    circle.refresh_from_db()
    assert circle.status == Circle.Status.MATCHED


@pytest.mark.parametrize("guard", TO_PREPARE, ids=[guard.name for guard in TO_PREPARE])
def test_nobody_prepares_past_it(world: World, guard: Guard, drop: Callable[[Guard], None]) -> None:
    circle = match_circle(supply(proposed_circle(world), world), no_conflicts=True, by=world.ann, at=world.now)
    words = open_it(circle, guard, world)
    check_guard(lambda: prepare_circle(circle, by=world.ann, at=world.now), words, lambda: drop(guard))
    circle.refresh_from_db()
    assert circle.status == Circle.Status.PREPARING


@pytest.mark.parametrize("field", ALWAYS_NEEDED)
def test_minutes_are_not_sent_without_each_answer(world: World, field: str, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting = write(world.meeting, by=world.ben, at=world.now, **{field: ""})
    with pytest.raises(Refused) as refused:
        submit_minutes(meeting, by=world.ben, at=world.now)
    assert (refused.value.field, refused.value.message) == (field, QUESTIONS[field].needed)
    monkeypatch.setitem(QUESTIONS, field, replace(QUESTIONS[field], needed=""))
    assert submit_minutes(meeting, by=world.ben, at=world.now).status == Meeting.Status.SUBMITTED


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("wellbeing", {"wellbeing": "thoughts"}),
        ("wellbeing", {"wellbeing": "plan"}),
        ("licence", {"licence": "possible_breach"}),
        ("children_contact", {"children": "yes", "children_contact": "yes"}),
    ],
)
def test_minutes_are_not_sent_past_an_answer_that_must_be_passed_on(
    world: World, field: str, said: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = write(world.meeting, by=world.ben, at=world.now, **said)
    with pytest.raises(Refused) as refused:
        submit_minutes(meeting, by=world.ben, at=world.now)
    assert (refused.value.field, refused.value.message) == (field, QUESTIONS[field].forces_a_concern)
    monkeypatch.setattr(ForcingAnswerQuerySet, "still_open", lambda self: self.none())
    assert submit_minutes(meeting, by=world.ben, at=world.now).status == Meeting.Status.SUBMITTED


def leave_an_action(circle: Circle, world: World) -> None:
    agree_action(
        circle, words="Ring the hall.", owner="coordinator", due_on=today(world) + DAY, by=world.ann, at=world.now
    )


def leave_minutes(circle: Circle, world: World) -> None:
    send(world.meeting, by=world.ben, at=world.now)


@pytest.mark.parametrize(
    ("kind", "leave", "words"),
    [
        (loose_ends.open_actions_of, leave_an_action, "an action is not finished"),
        (loose_ends.unapproved_minutes_of, leave_minutes, "are not approved"),
    ],
)
def test_a_circle_is_not_closed_past_what_would_be_nobodys(
    world: World,
    kind: Callable[..., object],
    leave: Callable[[Circle, World], None],
    words: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if leave is leave_an_action:
        approve_minutes(send(world.meeting, by=world.ben, at=world.now), by=world.ann, at=world.now)
    leave(world.ely, world)
    circle = begin_ending(world.ely, end_reason="completed", by=world.ann, at=world.now)
    with pytest.raises(Refused, match=words) as refused:
        close_circle(circle, by=world.ann, at=world.now)
    assert refused.value.message.count(";") == 0
    monkeypatch.setattr(loose_ends, "KINDS", [one for one in loose_ends.KINDS if one is not kind])
    assert close_circle(circle, by=world.ann, at=world.now).status == Circle.Status.CLOSED


def test_every_kind_of_loose_end_is_tried() -> None:
    """The final risk review is, in test_final_review.py."""
    here = {loose_ends.open_actions_of, loose_ends.unapproved_minutes_of}
    assert set(loose_ends.KINDS) == here | {loose_ends.final_risk_review_of}
