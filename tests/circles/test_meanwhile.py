"""What another tab, or somebody else, did meanwhile in a circle: the second act is refused in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from audit.models import Entry
from circles.action.models import Action
from circles.action.operations import action_to_tap, agree_action, settle_action
from circles.agreement.models import Agreement
from circles.agreement.operations import publish_agreement
from circles.circle.event_models import CircleEvent
from circles.circle.models import Circle
from circles.coordinator.operations import change_coordinator
from circles.late_minutes.models import MinutesStep
from circles.late_minutes.operations import _chase_meeting, take_over_minutes
from circles.life.operations import go_fortnightly
from circles.meeting.models import Meeting
from circles.outcome.models import AdverseOutcome
from circles.outcome.operations import KnownOutcome, record_outcome
from circles.overview.alert_subjects import minutes_in_words
from circles.review.models import Review, ReviewPerson
from circles.review.operations import hold_review, invite_to_review, postpone_review
from circles.review.record_operations import decide_review, write_review
from circles.schedule.operations import plan_meetings
from circles.taxonomy.models import MinutesTag, Tag
from circles.taxonomy.operations import add_tag, rename_tag, restore_tag, retire_tag
from circles.taxonomy.tag_operations import describe_risk
from core.errors import Refused
from tests.circles.goal.rows import action, goal
from tests.circles.life.preparing import end_and_close
from tests.circles.log.writing import save_tags, send, write
from tests.circles.minutes_share.shares import shared_minutes
from tests.circles.review.reviews import (
    decided_review,
    fetch_again,
    held_review,
    invited_review,
    planned_review,
    review_with_views,
    written_review,
)
from tests.world import World

NEXT_MONTH = timedelta(days=30)


def agree(world: World, circle: Circle, *, words: str = "Ring the hostel.", meeting: Meeting | None = None) -> Action:
    return agree_action(
        circle,
        words=words,
        owner=Action.Owner.COORDINATOR,
        due_on=(world.now + NEXT_MONTH).date(),
        meeting=meeting,
        by=circle.coordinator,
        at=world.now,
    )


def word(name: str) -> Tag:
    return Tag.objects.get(name=name)


def check_after_seven_months(world: World) -> AdverseOutcome:
    day = world.ely.started_on
    known = KnownOutcome(AdverseOutcome.Step(0), day, day, AdverseOutcome.Source.POLICE, check_months=7)
    return record_outcome(world.ely, known=known, by=world.ann, at=world.now)


REFUSED: list[tuple[str, Callable[[World], object], str]] = [
    ("an action of no words", lambda world: agree(world, world.ely, words=" "), "Write what will be done"),
    (
        "an action of another circle's meeting",
        lambda world: agree(world, world.ely, meeting=world.wisbech.meetings.order_by("planned_at")[0]),
        "not one of this circle",
    ),
    (
        "an agreement of no words",
        lambda world: publish_agreement(words=" ", by=world.hana, at=world.now),
        "Write the agreement",
    ),
    ("a check after seven months", check_after_seven_months, "6, 12 and 24"),
    (
        "a word in use is brought back",
        lambda world: restore_tag(word("Family"), by=world.hana, at=world.now),
        "in use already",
    ),
    (
        "a word of no letters",
        lambda world: add_tag(kind="topic", name="  ", by=world.hana, at=world.now),
        "Write the word",
    ),
]


@pytest.mark.parametrize(("act", "words"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_it_is_refused_in_words_and_nothing_is_in_the_trail(
    act: Callable[[World], object], words: str, world: World
) -> None:
    before = Entry.objects.count()
    with pytest.raises(Refused, match=words):
        act(world)
    assert Entry.objects.count() == before


def test_nothing_is_agreed_in_a_circle_that_ended_meanwhile_and_nobody_takes_it_over(world: World) -> None:
    shown = world.ely
    end_and_close(world.ely, world)
    with pytest.raises(Refused, match="ended, so nothing new is agreed"):
        agree(world, shown)
    with pytest.raises(Refused, match="Nobody takes it over now"):
        change_coordinator(shown, coordinator=world.pat, by=world.hana, at=world.now)
    assert plan_meetings(shown, at=world.now) == 0


def test_an_action_that_was_dropped_since_the_log_was_opened_is_not_tapped(world: World) -> None:
    agreed = action(world)
    Action.objects.filter(pk=agreed.pk).update(agreed_at=world.meeting.planned_at - NEXT_MONTH)
    assert action_to_tap(world.meeting, agreed) == agreed
    settle_action(agreed, how=Action.Status.DROPPED, reason="The hostel rang.", by=world.ann, at=world.now)
    with pytest.raises(Refused, match="dropped meanwhile"):
        action_to_tap(world.meeting, agreed)


def test_a_word_is_retired_once_and_renamed_to_what_it_is_called_without_a_line_in_the_trail(world: World) -> None:
    retire_tag(word("Family"), by=world.hana, at=world.now)
    with pytest.raises(Refused, match="retired already"):
        retire_tag(word("Family"), by=world.hana, at=world.now)
    before = Entry.objects.count()
    assert rename_tag(word("Family"), name=" Family ", by=world.hana, at=world.now).name == "Family"
    assert Entry.objects.count() == before


def test_how_a_risk_factor_is_known_is_one_of_those_that_are_offered(world: World) -> None:
    meeting = write(world.meeting, by=world.ben, at=world.now)
    save_tags(meeting, kind="risk", tags=[word("Secrecy")], by=world.ben, at=world.now)
    with pytest.raises(Refused, match="how you know") as refusal:
        describe_risk(
            meeting, tag=word("Secrecy"), seen="He hid it.", basis="a dream", opinion="", by=world.ben, at=world.now
        )
    assert refusal.value.field == "basis"
    assert MinutesTag.objects.get(tag=word("Secrecy")).seen == ""


def test_a_review_is_postponed_again_and_each_time_its_story_says_why(world: World) -> None:
    review = invited_review(world)
    for reason, days in (("The hall is shut.", 40), ("He is ill.", 50)):
        review = postpone_review(
            review, due_on=(world.now + timedelta(days=days)).date(), reason=reason, by=world.ann, at=world.now
        )
    review = fetch_again(review)
    assert (review.status, review.due_on) == (Review.Status.POSTPONED, (world.now + timedelta(days=50)).date())
    notes = list(CircleEvent.objects.filter(circle=world.ely).order_by("pk").values_list("note", flat=True))
    assert notes[-2:] == ["The hall is shut.", "He is ill."]


def test_a_review_was_chaired_by_somebody_and_said_something_and_decided_what_is_offered(world: World) -> None:
    review = review_with_views(world)
    came = dict.fromkeys(review.people.values_list("pk", flat=True), ReviewPerson.Came.CAME.value)
    with pytest.raises(Refused, match="who chaired") as refusal:
        hold_review(review, held_at=world.now, chair=" ", came=came, by=world.ann, at=world.now)
    assert refusal.value.field == "chair"
    with pytest.raises(Refused, match="once the review has been held"):
        decide_review(review, decision="weekly", reason="It holds him.", by=world.ann, at=world.now)
    hold_review(review, held_at=world.now, chair="Ann Farrowby", came=came, by=world.ann, at=world.now)
    with pytest.raises(Refused, match="Choose what was decided"):
        decide_review(review, decision="daily", reason="It holds him.", by=world.ann, at=world.now)
    with pytest.raises(Refused, match="Write what was said"):
        write_review(review, summary=" ", actions_agreed="", by=world.ann, at=world.now)
    assert fetch_again(review).status == Review.Status.HELD


def test_a_circle_that_meets_every_second_week_already_goes_on_so_when_a_review_decides_it(world: World) -> None:
    review = held_review(world)
    later = world.now + timedelta(days=1)
    go_fortnightly(world.ely, reason="He works.", by=world.ann, at=later)
    assert Circle.objects.get(pk=world.ely.pk).status == Circle.Status.FORTNIGHTLY
    decide_review(fetch_again(review), decision="fortnightly", reason="It holds.", by=world.ann, at=later)
    assert Circle.objects.get(pk=world.ely.pk).status == Circle.Status.FORTNIGHTLY
    assert review.decisions.filter(decision="fortnightly").count() == 1


def test_a_review_of_somebody_without_a_practitioner_invites_none(world: World) -> None:
    core_member = world.ely.core_member
    core_member.practitioner = None
    core_member.save(update_fields=["practitioner"])
    review = invite_to_review(
        planned_review(world),
        planned_for=world.now + NEXT_MONTH,
        place_code="elm",
        chair="Ann Farrowby",
        professionals=[],
        by=world.ann,
        at=world.now,
    )
    assert not review.people.filter(part=ReviewPerson.Part.PRACTITIONER).exists()
    assert review.people.filter(part=ReviewPerson.Part.VOLUNTEER).count() == 4


def test_the_agenda_says_of_each_goal_how_often_it_went_forward(world: World) -> None:
    goal(world)
    review = written_review(world)
    assert "Forward at 0 meetings, worse at 0." in str(review.agenda_for_record)
    assert "I want to ring my sister every Sunday." in str(review.agenda_for_record)


def test_minutes_that_had_no_writer_are_taken_over_and_nobody_is_told_that_they_lost_them(world: World) -> None:
    Meeting.objects.filter(pk=world.meeting.pk).update(minute_taker=None)
    taken = take_over_minutes(world.meeting, by=world.tom, at=world.now + timedelta(days=3))
    assert taken.minute_taker is not None
    assert taken.minute_taker.user == world.tom


def test_minutes_that_were_sent_while_the_clock_chose_whom_to_chase_are_chased_by_nobody(world: World) -> None:
    send(world.meeting, by=world.ben, at=world.now)
    assert _chase_meeting(world.meeting.pk, at=world.now + NEXT_MONTH) == 0
    assert not MinutesStep.objects.filter(meeting=world.meeting).exists()


def test_the_inbox_names_minutes_only_to_whom_they_were_sent_and_to_those_who_sent_them(world: World) -> None:
    share = shared_minutes(world)
    words = {share.reference: f"Minutes sent to you · {share.reference}"}
    assert minutes_in_words(world.esi, {share.reference, "nothing"}) == words
    for person in (world.lou, world.ben, world.pat, world.gil):
        assert minutes_in_words(person, {share.reference}) == {}


def test_a_second_agreement_is_the_next_version(world: World) -> None:
    first = Agreement.objects.latest("version").version
    assert publish_agreement(words="We are on time.", by=world.hana, at=world.now).version == first + 1


def test_a_review_that_was_decided_is_decided_otherwise_too(world: World) -> None:
    review = decided_review(world)
    with pytest.raises(Refused, match="recorded already"):
        decide_review(review, decision="weekly", reason="Again.", by=world.ann, at=world.now)
