"""A circle's review from due to held: plan, invite, postpone, collect views, record who came, ask who did not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from alerts.message.models import Urgency, Wording
from alerts.message.nudge import nudge
from alerts.outbox.operations import queue_alert
from audit.models import Act
from audit.trail import write_entry
from circles.circle.models import Circle, Membership
from circles.review.access import ReviewAccess
from circles.review.agenda import agenda_of
from circles.review.models import EVERY, Review, ReviewPerson
from circles.review.view_models import ReviewView
from core.access import Act as PermittedAct
from core.errors import Refused
from core.names import folded_name_of
from core.references import unused_reference
from core.worktime import LONDON
from offenders.core_member.models import CoreMember


class Professional(NamedTuple):
    """Somebody at an agency, invited by name. They may have no account."""

    name: str
    role: str
    agency: str


def plan_reviews(*, at: datetime) -> int:
    """Plan the next review of every circle that meets. The number of new ones. Safe to run twice."""
    return sum(
        plan_review(circle, at=at) for circle in Circle.objects.filter(status__in=[*Circle.MEETS, Circle.Status.PAUSED])
    )


@transaction.atomic
def plan_review(circle: Circle, *, at: datetime) -> bool:
    """Plan a circle's next review. False if one is not finished yet, or the circle ends before the next.

    A quarter that passed without a review is skipped. The next review looks back on it too.
    """
    circle = Circle.objects.select_for_update(of=("self",)).get(pk=circle.pk)
    latest = circle.reviews.order_by("-number").first()
    if latest is not None and latest.status != Review.Status.CLOSED:
        return False
    passed = max((at.astimezone(LONDON).date() - circle.started_on).days, 0) // EVERY.days
    number = max(passed + 1, latest.number + 1 if latest else 1)
    due_on = circle.started_on + number * EVERY
    if due_on > circle.planned_end_on:
        return False
    review = Review.objects.create(
        reference=unused_reference(Review, "RV"), circle=circle, number=number, due_on=due_on
    )
    write_entry(Act.COLLECTED, review, by=None, at=at, within=circle.reference)
    return True


def lock_review(review: Review, *, by: User, act: PermittedAct[ReviewAccess] = ReviewAccess.run_review) -> Review:
    """Lock the review, and check that this person may do this act."""
    review = Review.objects.select_for_update(of=("self",)).get(pk=review.pk)
    ReviewAccess(by, review).require(act)
    return review


@transaction.atomic
def invite_to_review(
    review: Review,
    *,
    planned_for: datetime,
    place_code: str,
    chair: str,
    professionals: Sequence[Professional] = (),
    by: User,
    at: datetime,
) -> Review:
    """Invite the circle, the named practitioner and other professionals, and make the agenda."""
    review = lock_review(review, by=by)
    if planned_for <= at:
        raise Refused("Give a day and a time that are still to come.", field="planned_for")
    if not chair.strip():
        raise Refused("Say who chairs the review.", field="chair")
    review.planned_for, review.invited_at, review.invited_by = planned_for, at, by
    review.move(Review.Status.INVITED, by=by, at=at)
    review.place_code, review.chair = place_code.upper(), chair.strip()
    review.agenda_for_invitation = agenda_of(review, at=at)
    review.save(update_fields=["place_code", "chair", "agenda_for_invitation"])
    _write_invitations(review, professionals)
    tell_invited(review, f"invited:{at.timestamp():.0f}", at=at)
    write_entry(Act.SHARED, review, by=by, at=at, within=review.circle.reference, note="people invited")
    return review


def _write_invitations(review: Review, professionals: Sequence[Professional]) -> None:
    """Write a row for each person invited, but none twice: rows from before a postponement stay."""
    circle, part = review.circle, ReviewPerson.Part
    rows: list[tuple[ReviewPerson.Part, Professional, User | None]] = [
        (part.CORE_MEMBER, Professional(circle.known_as, "", ""), None)
    ]
    for member in Membership.objects.current().of(circle):
        person = member.volunteer.user
        rows.append((part.VOLUNTEER, Professional(person.full_name, "", ""), person))
    practitioner = circle.core_member.practitioner
    if practitioner is not None:
        agency = practitioner.agency.name if practitioner.agency else ""
        rows.append(
            (part.PRACTITIONER, Professional(practitioner.full_name, "Named practitioner", agency), practitioner)
        )
    rows += [(part.PROFESSIONAL, professional, None) for professional in professionals]
    invited = {
        (person.part, folded_name_of(person.name), folded_name_of(person.agency)) for person in review.people.all()
    }
    for part_of_person, (name, role, agency), user in rows:
        invitation = (part_of_person, folded_name_of(name), folded_name_of(agency))
        if invitation not in invited:
            invited.add(invitation)
            ReviewPerson.objects.create(
                review=review, part=part_of_person, name=name, agency=agency, role=role, user=user
            )


def tell_invited(review: Review, what: str, *, at: datetime) -> None:
    """Alert everybody invited who has an account and may see the review now. Of practitioners, that is the one named now.

    `what` makes the alert's key: one alert for each.
    """
    invited = review.people.exclude(user=None).values("user")
    practitioner = CoreMember.objects.filter(circles=review.circle_id).values("practitioner")
    people = User.objects.filter(Q(pk__in=invited) | Q(pk__in=practitioner), is_active=True).order_by("pk")
    queue_alert(
        key=f"{review.reference}:{what}",
        to=[person for person in people if Review.objects.visible_to(person).contains(review)],
        urgency=Urgency.ROUTINE,
        wording=Wording.SOMETHING_NEEDS_YOU,
        about=review.circle.core_member_id,
        link=review.get_absolute_url(),
        at=at,
    )
    nudge()


@transaction.atomic
def postpone_review(review: Review, *, due_on: date, reason: str, by: User, at: datetime) -> Review:
    """Postpone a review to another day, with the reason. People must be invited again."""
    review = lock_review(review, by=by)
    if due_on <= at.astimezone(LONDON).date():
        raise Refused("Give a day that is still to come.", field="due_on")
    if not reason.strip():
        raise Refused("Say why it is postponed.", field="reason")
    was_invited = review.invited_at is not None
    review.due_on = due_on
    review.planned_for = review.invited_at = review.invited_by = None
    note = reason.strip()[:300]
    if review.status == Review.Status.POSTPONED:
        review.save(update_fields=review.facts_of_a_move())
        review.tell_story(before=review.status, by=by, at=at, note=note)
    else:
        review.move(Review.Status.POSTPONED, by=by, at=at, note=note)
    if was_invited:
        tell_invited(review, f"postponed:{at.timestamp():.0f}", at=at)
    write_entry(Act.ALTERED, review, by=by, at=at, within=review.circle.reference, note="postponed")
    return review


@transaction.atomic
def give_view(review: Review, *, words: str, by: User, at: datetime) -> ReviewView:
    """Save a volunteer's own view. They can change it until the review is written."""
    review = lock_review(review, by=by, act=ReviewAccess.give_view)
    if not words.strip():
        raise Refused("Write what you think.", field="words")
    return _save_view(review, person=by, how="", words=words.strip(), by=by, at=at)


@transaction.atomic
def note_own_view(review: Review, *, how: str, words: str, by: User, at: datetime) -> ReviewView:
    """Save the core member's own view, typed by the coordinator, with how he gave it."""
    review = lock_review(review, by=by)
    if not words.strip() and how != ReviewView.How.DECLINED:
        raise Refused("Write what he said, in his words.", field="words")
    return _save_view(review, person=None, how=how, words=words.strip(), by=by, at=at)


def _save_view(review: Review, *, person: User | None, how: str, words: str, by: User, at: datetime) -> ReviewView:
    """Save one person's view in place of an earlier one. `person` is None for the core member."""
    if review.status not in {Review.Status.INVITED, Review.Status.HELD}:
        raise Refused("Views are collected from the invitation until the review is written. Tell the coordinator.")
    view, _ = ReviewView.objects.update_or_create(
        review=review, person=person, defaults={"how": how, "words": words, "given_at": at, "given_by": by}
    )
    write_entry(Act.COLLECTED, review, by=by, at=at, within=review.circle.reference, note="view given")
    return view


@transaction.atomic
def hold_review(
    review: Review, *, held_at: datetime, chair: str, came: Mapping[int, str], by: User, at: datetime
) -> Review:
    """Record when the review was held, who chaired it and who came. `came` is by the key of the `ReviewPerson`."""
    review = lock_review(review, by=by)
    if held_at > at:
        raise Refused("Give the day and time it was held. They cannot be in the future.", field="held_at")
    if not chair.strip():
        raise Refused("Say who chaired the review.", field="chair")
    for person in review.people.order_by("pk"):
        if came.get(person.pk) not in ReviewPerson.Came.values:
            raise Refused(f"Say whether {person.name} came.", field=f"came_{person.pk}")
        person.came = came[person.pk]
        person.save(update_fields=["came"])
    review.held_at, review.held_by = held_at, by
    review.move(Review.Status.HELD, by=by, at=at)
    review.chair = chair.strip()
    review.save(update_fields=["chair"])
    write_entry(Act.ALTERED, review, by=by, at=at, within=review.circle.reference, note="held")
    return review


@transaction.atomic
def chase_absence(person: ReviewPerson, *, words: str, by: User, at: datetime) -> ReviewPerson:
    """Record that an agency which did not come was asked why, and what it said (domain.md 1.9)."""
    review = lock_review(person.review, by=by)
    person = ReviewPerson.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if person not in review.people.to_chase():
        raise Refused("There is nothing to chase: this person came, sent an apology, or has been asked already.")
    if not words.strip():
        raise Refused("Write whom you asked and what they said.", field="words")
    person.chased_at, person.chased_by, person.chase_words = at, by, words.strip()
    person.save(update_fields=["chased_at", "chased_by", "chase_words"])
    write_entry(Act.ALTERED, review, by=by, at=at, within=review.circle.reference, note="absence chased")
    return person
