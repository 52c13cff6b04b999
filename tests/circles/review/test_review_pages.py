"""The pages of a review, as each person reads them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from accounts.models import User
from circles.review.models import Review, ReviewPerson
from circles.review.view_models import ReviewDecision
from concerns.choices import Level
from concerns.raising.operations import raise_concern
from tests.circles.review.reviews import (
    fetch_again,
    held_review,
    invited_review,
    kay_of,
    planned_review,
    review_with_views,
    shared_review,
    written_review,
)
from tests.circles.review.rows import day, invitation
from tests.world import VOLUNTEERS, World

AsPerson = Callable[[User], Client]


def read(client: Client, review: Review) -> str:
    """What stands between the header, where everybody finds their own name, and the foot."""
    page = client.get(review.get_absolute_url()).content.decode()
    return page.partition("<main")[2].partition("</main>")[0]


def send_form(client: Client, name: str, review: Review, data: dict[str, object]) -> str:
    return client.post(reverse(f"circles:{name}", args=[review.reference]), data, follow=True).content.decode()


def test_ann_invites_people_and_a_line_that_cannot_be_read_is_said_to_be(world: World, as_person: AsPerson) -> None:
    review, ann = planned_review(world), as_person(world.ann)
    told = send_form(ann, "review_invite", review, {**invitation(world), "professionals": "Kay Dunn from housing"})
    assert "This line cannot be read: Kay Dunn from housing" in told
    assert "People are invited" in send_form(ann, "review_invite", review, invitation(world))
    assert ReviewPerson.objects.filter(review=review, name="Kay Dunn", agency="Probation").exists()


def test_ben_reads_his_own_view_and_nobody_elses_until_the_review_is_shared(world: World, as_person: AsPerson) -> None:
    review = review_with_views(world)
    assert "He talks to us." in read(as_person(world.ben), review)
    assert "I look forward to it." not in read(as_person(world.ben), review)
    assert "He talks to us." not in read(as_person(world.tom), review)
    assert "I look forward to it." in read(as_person(world.ann), review)


def test_once_shared_tom_reads_the_record_by_first_names(world: World, as_person: AsPerson) -> None:
    told = read(as_person(world.tom), shared_review(world))
    assert "Ben: He talks to us." in told
    assert "It holds him." in told
    assert "Quayle" not in told


def test_until_it_is_shared_tom_reads_nothing_of_what_was_written(world: World, as_person: AsPerson) -> None:
    assert "All is well." not in read(as_person(world.tom), written_review(world))


def test_esi_reads_the_headings_before_and_her_copy_after(world: World, as_person: AsPerson) -> None:
    review = invited_review(world)
    before = read(as_person(world.esi), review)
    assert "Attendance" in before
    assert "under 16" not in before
    assert "You are invited for your agency" in before


def test_once_shared_esi_reads_initials_and_no_surname(world: World, as_person: AsPerson) -> None:
    told = read(as_person(world.esi), shared_review(world))
    assert "B.: He talks to us." in told
    assert [name for name in VOLUNTEERS.values() if name.split()[1] in told] == []
    assert "Paul" in told


def test_the_volunteers_read_of_no_concern_in_the_review(world: World, as_person: AsPerson) -> None:
    raise_concern(
        world.ely,
        submit_key=uuid4(),
        level=Level.URGENT,
        words="He mends bikes.",
        kind="child_contact",
        by=world.tom,
        at=world.now,
    )
    review = shared_review(world)
    assert "Contact with children" not in read(as_person(world.ben), review)
    assert "Contact with children" in read(as_person(world.ann), review)


def test_a_concern_about_one_of_us_is_in_no_agenda(world: World, as_person: AsPerson) -> None:
    concern = raise_concern(
        world.ely,
        submit_key=uuid4(),
        level=Level.URGENT,
        words="She shouted at him.",
        kind="boundary",
        by=world.ben,
        at=world.now,
    )
    type(concern).objects.filter(pk=concern.pk).update(about=world.hana)
    assert "Boundaries with volunteers" not in read(as_person(world.ann), invited_review(world))


def test_ann_records_who_came_and_is_told_whom_she_left_out(world: World, as_person: AsPerson) -> None:
    review, ann = review_with_views(world), as_person(world.ann)
    data: dict[str, object] = {f"day_{box}": value for box, value in day(world, -1).items()}
    data |= {"time": "18:00", "chair": "Ann"}
    assert "Say whether Kay Dunn came." in send_form(ann, "review_hold", review, data)
    data |= {f"came_{person.pk}": "no" for person in review.people.all()}
    assert "Ask why an agency did not come" in send_form(ann, "review_hold", review, data)
    assert kay_of(review).came == "no"


def test_what_is_refused_is_said_beside_the_field(world: World, as_person: AsPerson) -> None:
    told = send_form(
        as_person(world.ann), "review_decide", held_review(world), {"decision": "extend", "reason": "More."}
    )
    assert "Give a day after the planned end." in told
    assert not ReviewDecision.objects.exists()


def test_only_who_stayed_away_can_be_chosen_to_be_chased(world: World, as_person: AsPerson) -> None:
    page = (
        as_person(world.ann).get(reverse("circles:review_chase", args=[held_review(world).reference])).content.decode()
    )
    assert "Kay Dunn" in page
    assert "Esi Okafor" not in page


def test_a_copy_comes_as_a_file_that_nothing_keeps(world: World, as_person: AsPerson) -> None:
    review = shared_review(world)
    answer = as_person(world.esi).get(reverse("circles:review_outer_copy", args=[review.reference]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="{review.reference}-outer.pdf"'
    assert answer["Cache-Control"] == "no-store"
    assert answer.content.startswith(b"%PDF")


def test_a_copy_asked_for_too_soon_is_refused_on_the_page(world: World, as_person: AsPerson) -> None:
    review = invited_review(world)
    address = reverse("circles:review_outer_copy", args=[review.reference])
    assert "no copy of this review yet" in as_person(world.esi).get(address, follow=True).content.decode()


def test_the_review_is_due_and_says_from_when_people_are_invited(world: World, as_person: AsPerson) -> None:
    review = planned_review(world)
    first = review.due_on - timedelta(days=28)
    assert f"People are invited from {first.day} {first:%B}" in read(as_person(world.ben), fetch_again(review))
