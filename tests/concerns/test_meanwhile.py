"""What somebody else, or another clock, did meanwhile with a concern: the second act is refused, or does nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest

from alerts.message.models import Alert
from concerns.choices import Level, Side
from concerns.concern.models import Concern
from concerns.disclosure.operations import ask_disclosure, chase_disclosure
from concerns.engine.assignments import Holders, _drop_claim, _resume_step
from concerns.engine.audience import _agency_condition
from concerns.engine.ceiling import check_until, latest_end_of_hold
from concerns.engine.operations import _hasten_step, fire_due_steps
from concerns.handling.promise_operations import acknowledge_concern, claim_concern
from concerns.handling.second_person_operations import record_no_action_needed
from concerns.handling.triage_forms import TriageForm
from concerns.incident.operations import add_incident, decide_to_report, report_incident
from concerns.ladder.models import Audience
from concerns.low_level.models import LowLevelConcern
from concerns.overview import alert_subjects
from concerns.raising.forcing_answer_operations import _pass_on_answer
from concerns.raising.operations import raise_concern
from concerns.referral.models import ReferralKind
from concerns.referral.operations import chase_referral, facts_from_record, make_referral
from concerns.share.models import Share
from concerns.share.operations import chase_share, send_share
from concerns.share.reply_operations import acknowledge_share
from concerns.watch.reminders import nudge_author, say_no_news, tell_circle
from core.errors import Refused
from tests.concerns.engine.raising import WORDS, ended_in_error, pending, story, worry
from tests.concerns.reading import concern_by
from tests.concerns.register.keeping import (
    ASKED,
    disclosure_request,
    incident,
    low_level,
    referral,
    safeguarding_referral,
    with_agency,
)
from tests.concerns.share.sharing import share_for_esi
from tests.world import World

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def worry_in_wisbech(world: World) -> Concern:
    """Dev's worry about Neil, in Wisbech."""
    return raise_concern(world.wisbech, submit_key=uuid4(), level=Level.URGENT, words=WORDS, by=world.dev, at=world.now)


def decided_incident(world: World) -> object:
    candidate = incident(world)
    return decide_to_report(candidate, decided_with="The trustees", reason="It is grave.", by=world.fay, at=world.now)


def sent_share(world: World) -> Share:
    """An Immediate concern, of which Esi was told."""
    return send_share(share_for_esi(world, level=Level.IMMEDIATE), by=world.ann, at=world.now)


REFUSED: list[tuple[str, Callable[[World], object], str]] = [
    (
        "a disclosure from another circle's concern",
        lambda world: ask_disclosure(world.ely, **ASKED, concern=worry_in_wisbech(world), by=world.hana, at=world.now),
        "about another circle",
    ),
    (
        "a disclosure that nobody has is chased",
        lambda world: chase_disclosure(disclosure_request(world), spoken_to="DS Moore", by=world.ann, at=world.now),
        "nothing to chase",
    ),
    (
        "a disclosure is chased without a name",
        lambda world: chase_disclosure(with_agency(world), spoken_to=" ", by=world.ann, at=world.now),
        "whom you spoke to",
    ),
    (
        "a referral that nobody made is chased",
        lambda world: chase_referral(referral(world), spoken_to="Jan", by=world.fay, at=world.now),
        "nothing to chase",
    ),
    (
        "a referral is chased without a name",
        lambda world: chase_referral(safeguarding_referral(world), spoken_to=" ", by=world.fay, at=world.now),
        "whom you spoke to",
    ),
    (
        "a referral is made to nobody",
        lambda world: make_referral(referral(world), spoken_to=" ", by=world.fay, at=world.now),
        "who took it",
    ),
    (
        "an incident about oneself",
        lambda world: incident(world, about=world.hana, by=world.hana),
        "somebody else must write it down",
    ),
    ("an incident of no words", lambda world: incident(world, what=" "), "Say what happened"),
    ("an incident still to come", lambda world: incident(world, known_at=world.now + HOUR), "still to come"),
    (
        "an incident reported under no reference",
        lambda world: report_incident(decided_incident(world), their_reference=" ", by=world.fay, at=world.now),  # type: ignore[arg-type]
        "Write the reference",
    ),
    (
        "a share that was not sent is chased",
        lambda world: chase_share(share_for_esi(world), spoken_to="Esi", by=world.ann, at=world.now),
        "nothing to chase",
    ),
    (
        "a share is chased without a name",
        lambda world: chase_share(sent_share(world), spoken_to=" ", by=world.ann, at=world.now),
        "whom you spoke to",
    ),
    (
        "an agency has it and says nothing of its plan",
        lambda world: acknowledge_share(sent_share(world), their_plan=" ", by=world.esi, at=world.now),
        "what will be done",
    ),
    (
        "a second person without a reason",
        lambda world: record_no_action_needed(
            acknowledge_concern(worry(world, Level.PRIORITY), until=world.now + HOUR, by=world.ann, at=world.now),
            reason=" ",
            by=world.ann,
            at=world.now,
        ),
        "why nothing is needed",
    ),
]


@pytest.mark.parametrize(("act", "words"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_it_is_refused_in_words_that_say_what_to_do(act: Callable[[World], object], words: str, world: World) -> None:
    with pytest.raises(Refused, match=words):
        act(world)


def test_an_incident_that_comes_from_a_concern_is_about_whom_the_concern_is_about(world: World) -> None:
    concern = concern_by(world, world.ben, about=world.tom)
    written = add_incident(
        kind="safeguarding",  # type: ignore[arg-type]
        what="Tom met him alone.",
        known_at=world.now,
        concern=concern,
        by=world.hana,
        at=world.now,
    )
    assert (written.about, written.concern) == (world.tom, concern)


def test_a_referral_begins_with_what_its_record_says_and_what_is_about_staff_goes_to_the_lado(world: World) -> None:
    concern, noted = concern_by(world, world.ben, about=world.tom), low_level(world)
    assert facts_from_record(at=world.now) == {"known_at": world.now}
    assert facts_from_record(concern=concern, at=world.now + DAY) == {
        "known_at": concern.received_at,
        "what": concern.words,
        "about": world.tom,
    }
    assert facts_from_record(low_level=LowLevelConcern.objects.get(pk=noted.pk), at=world.now) == {
        "known_at": world.now,
        "what": noted.words,
        "about": world.tom,
        "kind": ReferralKind.LADO,
    }


def test_the_inbox_names_a_record_only_to_who_may_see_it(world: World) -> None:
    share, made = share_for_esi(world), safeguarding_referral(world)
    written, asked = incident(world), disclosure_request(world)
    for subjects, record, sees, words in [
        (alert_subjects.shares_in_words, share, world.ann, f"Told to an agency · {share.reference} · circle C-0142"),
        (alert_subjects.referrals_in_words, made, world.fay, f"Safeguarding referral {made.reference}"),
        (alert_subjects.incidents_in_words, written, world.kit, f"Serious incident {written.reference}"),
        (alert_subjects.disclosures_in_words, asked, world.ann, f"Request for a disclosure {asked.reference}"),
    ]:
        reference = record.reference
        assert subjects(sees, {reference, "nothing"}) == {reference: words}
        assert subjects(world.pat, {reference}) == subjects(world.ben, {reference}) == {}


def test_nobody_may_hold_a_concern_about_themselves(world: World) -> None:
    concern = concern_by(world, world.ben, about=world.ann)
    holders = Holders(world.now)
    assert not any(holders.may_hold(concern, world.ann.pk, side) for side in Side)
    assert holders.may_hold(concern, world.hana.pk, Side.CHARITY)


def test_a_claim_that_somebody_else_has_by_now_is_not_ended(world: World) -> None:
    stale = claim_concern(worry(world), by=world.esi, at=world.now)
    Concern.objects.filter(pk=stale.pk).update(claimed_by=world.oz)
    assert not _drop_claim(stale, at=world.now)
    assert Concern.objects.get(pk=stale.pk).claimed_by == world.oz


def test_a_step_that_was_answered_meanwhile_is_neither_resumed_nor_hastened(world: World) -> None:
    concern = acknowledge_concern(worry(world), until=world.now + HOUR, by=world.ann, at=world.now)
    step = pending(concern, Side.CHARITY)
    ended_in_error(world, concern)
    assert not _resume_step(step, at=world.now)
    assert not _hasten_step(step, [world.ann], at=world.now)
    step.refresh_from_db()
    assert step.stopped_at is not None


def test_steps_of_a_concern_that_ended_are_stopped_and_tell_nobody(world: World) -> None:
    concern = worry(world)
    told = Alert.objects.count()
    Concern.objects.filter(pk=concern.pk).update(
        status=Concern.Status.RAISED_IN_ERROR, closed_at=world.now, closed_by=world.ann
    )
    later = world.now + 30 * DAY
    assert fire_due_steps(Concern.objects.get(pk=concern.pk), at=later) == 0
    assert Alert.objects.count() == told
    assert not concern.steps.filter(fired_at=None, stopped_at=None).exists()


def test_a_concern_of_no_queue_tells_nobody_at_an_agency(world: World) -> None:
    concern = worry(world)
    concern.queue = None
    assert not type(world.esi).objects.filter(_agency_condition(Audience.TEAM_MANAGER, concern)).exists()


def test_nothing_is_put_off_where_nothing_was_recorded_for_too_long(world: World) -> None:
    concern = worry(world)
    long_after = world.now + 60 * DAY
    latest = latest_end_of_hold(concern, Side.CHARITY, at=world.now)
    with pytest.raises(Refused, match="Record what was done first") as refusal:
        check_until(long_after + HOUR, latest=latest, at=long_after)
    assert refusal.value.field == "until"


def test_an_immediate_concern_is_offered_no_other_level_to_who_may_not_lower_it(world: World) -> None:
    concern = worry(world, Level.IMMEDIATE)
    for person, levels in ((world.ann, {Level.IMMEDIATE}), (world.fay, set(Level))):
        form = TriageForm(concern=concern, by=person, at=world.now)
        assert {value for value, _ in form.fields["level"].choices if value} == levels  # type: ignore[attr-defined]


def test_what_was_due_and_is_so_no_longer_is_said_to_nobody(world: World) -> None:
    concern = worry(world)
    told = Alert.objects.count()
    assert not nudge_author(0, at=world.now)
    assert not tell_circle(0, at=world.now)
    assert not say_no_news(concern.pk, at=world.now)
    assert not _pass_on_answer(0, at=world.now)
    assert Alert.objects.count() == told
    assert "No news yet" not in " ".join(story(concern))
