"""What may give somebody away is pointed out on the check page, and stops nobody."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from accounts.models import User
from circles.contact.operations import add_contact
from circles.taxonomy.models import Tag
from circles.taxonomy.tag_operations import describe_risk
from tests.circles.log.writing import save_tags, write
from tests.world import World
from volunteers.volunteer.models import Volunteer

AsPerson = Callable[[User], Client]


def check(world: World, client: Client) -> str:
    return client.get(reverse("circles:log_check", args=[world.meeting.reference])).content.decode()


def test_a_full_name_in_any_part_is_pointed_out_with_where_to_change_it(world: World, as_person: AsPerson) -> None:
    meeting = write(world.meeting, by=world.ben, at=world.now, his_week="He met Peter Smith on 07700 900123.")
    secrecy = Tag.objects.get(name="Secrecy")
    save_tags(meeting, kind="risk", tags=[secrecy], by=world.ben, at=world.now)
    describe_risk(
        meeting, tag=secrecy, seen="A letter to Jane Doe.", basis="observed", opinion="", by=world.ben, at=world.now
    )
    add_contact(
        meeting,
        happened_on=world.now.date(),
        volunteer=Volunteer.objects.get(user=world.tom),
        channel="phone",
        begun_by_whom="him",
        minutes_long=5,
        summary="He lives at CB7 4EP.",
        by=world.ben,
        at=world.now,
    )
    body = check(world, as_person(world.ben))
    for words in [
        "“Peter Smith” looks like a full name",
        "“07700 900123” looks like a telephone",
        "Jane Doe",
        "CB7 4EP",
    ]:
        assert words in body
    assert "/log/3/?then=check#id_his_week" in body


def test_it_stops_nobody_from_sending(world: World, as_person: AsPerson) -> None:
    write(world.meeting, by=world.ben, at=world.now, his_week="He met Peter Smith.")
    answer = as_person(world.ben).post(reverse("circles:log_check", args=[world.meeting.reference]))
    assert answer.url == world.meeting.get_absolute_url()


def test_the_circles_first_names_are_not_pointed_out(world: World, as_person: AsPerson) -> None:
    write(world.meeting, by=world.ben, at=world.now, his_week="Then Paul Ben Ann laughed.")
    assert "give somebody away" not in check(world, as_person(world.ben))
