"""Three concerns of different circles that name the same vehicle are told to Fay, through hashes, opening nobody's file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import User
from alerts.message.models import Alert, Channel
from alerts.outbox.operations import send_due
from audit.models import Act, Entry
from concerns.choices import Level
from concerns.concern.event_models import ConcernEvent
from concerns.concern.models import Concern
from concerns.handling.merge_operations import merge_concern
from concerns.handling.second_person_operations import agree_to_end, mark_raised_in_error
from concerns.pattern.models import Mention, Named, Pattern
from concerns.pattern.operations import GREW, concerns_alike, name_subject, note_pattern_seen
from concerns.worklist import work_of
from core.errors import Refused
from tests.concerns.pattern.naming import DAY, PLATE, name_vehicle, pattern_of_three
from tests.page_forms import forms_in
from tests.world import World

AsPerson = Callable[[User], Client]
HEADING = "Three concerns from different circles name the same vehicle"


def people_told_of(pattern: Pattern, channel: Channel = Channel.EMAIL) -> list[str]:
    alerts = Alert.objects.filter(key__startswith=f"{pattern.reference}:", channel=channel).order_by("pk")
    return [alert.recipient.first_name for alert in alerts.select_related("recipient")]


# --- When there is one ----------------------------------------------------------------------------------


def test_three_from_two_circles_in_a_fortnight_tell_fay_once_and_nobody_else(world: World) -> None:
    pattern = pattern_of_three(world)
    assert people_told_of(pattern) == ["Fay"]
    assert people_told_of(pattern, Channel.INBOX) == ["Fay"]
    assert Alert.objects.get(key__startswith=pattern.reference, channel="inbox").link == pattern.get_absolute_url()


def test_two_are_no_pattern(world: World) -> None:
    name_vehicle(world.ely, world.ben, at=world.now)
    _, patterns = name_vehicle(world.wisbech, world.dev, at=world.now)
    assert patterns == []
    assert not Pattern.objects.exists()


def test_three_from_one_circle_are_no_pattern_until_another_circle_names_it(world: World) -> None:
    for name in ("ben", "tom", "uma"):
        _, patterns = name_vehicle(world.ely, world.people[name], at=world.now)
        assert patterns == []
    _, patterns = name_vehicle(world.wisbech, world.dev, at=world.now)
    assert len(patterns) == 1
    assert len(concerns_alike(patterns[0].kind, patterns[0].index)) == 4


@pytest.mark.parametrize(("days", "found"), [(60, 1), (61, 0)])
def test_sixty_days_apart_is_a_pattern_and_sixty_one_is_none(world: World, days: int, found: int) -> None:
    name_vehicle(world.ely, world.ben, at=world.now - days * DAY)
    name_vehicle(world.wisbech, world.dev, at=world.now - 30 * DAY)
    _, patterns = name_vehicle(world.ely, world.tom, at=world.now)
    assert len(patterns) == found


def test_an_old_one_stays_out_of_a_pattern_of_newer_ones(world: World) -> None:
    old, _ = name_vehicle(world.ely, world.ben, at=world.now - 100 * DAY)
    pattern = pattern_of_three(world)
    assert old not in concerns_alike(pattern.kind, pattern.index)
    assert len(concerns_alike(pattern.kind, pattern.index)) == 3


def test_named_late_at_sorting_it_counts_from_when_it_was_raised(world: World) -> None:
    """Ann names the vehicle three weeks later; what counts is when the concerns came."""
    name_vehicle(world.ely, world.ben, at=world.now - 59 * DAY)
    name_vehicle(world.wisbech, world.dev, at=world.now - 58 * DAY)
    third, _ = name_vehicle(world.ely, world.tom, at=world.now - 57 * DAY, text="ZZ99 ZZZ")
    assert len(name_subject(third, kind=Named.VEHICLE, text=PLATE, by=world.ann, at=world.now)) == 1


def test_the_same_plate_and_the_same_handle_do_not_meet(world: World) -> None:
    name_vehicle(world.ely, world.ben, at=world.now)
    name_vehicle(world.wisbech, world.dev, at=world.now)
    _, patterns = name_vehicle(world.ely, world.tom, at=world.now, kind=Named.HANDLE)
    assert patterns == []


def test_one_concern_that_names_it_thrice_is_one(world: World) -> None:
    concern, _ = name_vehicle(world.ely, world.ben, at=world.now)
    name_vehicle(world.wisbech, world.dev, at=world.now)
    for text in ("ab12cdo", "AB 12 CDO"):
        assert name_subject(concern, kind=Named.VEHICLE, text=text, by=world.ben, at=world.now) == []
    assert concern.mentions.count() == 1


def test_what_was_joined_or_raised_in_error_counts_for_nothing(world: World) -> None:
    first, _ = name_vehicle(world.ely, world.ben, at=world.now)
    second, _ = name_vehicle(world.ely, world.tom, at=world.now)
    merge_concern(second, into=first, reason="One thing.", by=world.ann, at=world.now)
    wrong, _ = name_vehicle(world.ely, world.uma, at=world.now)
    mark_raised_in_error(wrong, reason="Typed twice.", by=world.ann, at=world.now)
    agree_to_end(wrong, by=world.hana, at=world.now)
    _, patterns = name_vehicle(world.wisbech, world.dev, at=world.now)
    assert patterns == []


# --- Once, and again when it grows ----------------------------------------------------------------------


def test_the_same_set_is_not_told_again_and_a_fourth_is(world: World) -> None:
    pattern = pattern_of_three(world)
    note_pattern_seen(pattern, as_of=pattern.grew_at, by=world.fay, at=world.now)
    first = Concern.objects.order_by("received_at")[0]
    name_subject(first, kind=Named.VEHICLE, text="AB12CDO", by=world.ben, at=world.now)
    assert people_told_of(pattern) == ["Fay"]
    assert Pattern.objects.get().seen_by == world.fay
    name_vehicle(world.wisbech, world.dev, at=world.now + DAY)
    assert people_told_of(pattern) == ["Fay", "Fay"]
    assert (Pattern.objects.get().seen_at, Pattern.objects.get().grew_at) == (None, world.now + DAY)


def test_it_waits_on_fays_first_page_until_she_has_looked(world: World) -> None:
    pattern = pattern_of_three(world)
    urls = lambda person: [item.url for item in work_of(person, world.now)]  # noqa: E731
    assert pattern.get_absolute_url() in urls(world.fay)
    assert pattern.get_absolute_url() not in urls(world.ann)
    note_pattern_seen(pattern, as_of=pattern.grew_at, by=world.fay, at=world.now)
    assert pattern.get_absolute_url() not in urls(world.fay)


def test_a_pattern_that_grew_while_fay_read_is_not_seen_by_her_button(world: World, as_person: AsPerson) -> None:
    pattern, fay = pattern_of_three(world), as_person(world.fay)
    page = forms_in(fay.get(pattern.get_absolute_url()).content.decode())[-1]
    name_vehicle(world.wisbech, world.dev, at=world.now + DAY)
    answer = fay.post(page.to, page.sends, follow=True)
    assert GREW in answer.content.decode()
    assert Pattern.objects.get().seen_at is None
    again = forms_in(answer.content.decode())[-1]
    fay.post(again.to, again.sends)
    assert Pattern.objects.get().seen_by == world.fay


@pytest.mark.parametrize(("level", "urgency"), [(Level.LOG, "routine"), (Level.URGENT, "urgent")])
def test_it_wakes_fay_only_where_one_of_them_is_pressing(world: World, level: Level, urgency: str) -> None:
    name_vehicle(world.ely, world.ben, at=world.now, level=level)
    name_vehicle(world.wisbech, world.dev, at=world.now)
    _, (pattern,) = name_vehicle(world.ely, world.tom, at=world.now)
    alerts = Alert.objects.filter(key__startswith=pattern.reference)
    assert set(alerts.values_list("urgency", flat=True)) == {urgency}


# --- Nobody's file, nobody's words ----------------------------------------------------------------------


def test_the_page_says_how_many_how_urgent_and_when_and_opens_no_concern(world: World, as_person: AsPerson) -> None:
    pattern = pattern_of_three(world)
    looked = Entry.objects.filter(act=Act.CONSULTED)
    page = as_person(world.fay).get(pattern.get_absolute_url()).content.decode()
    assert HEADING in page
    assert page.count("Worth keeping" if "Worth keeping" in page else "Log") >= 3
    assert list(looked.filter(actor=world.fay).values_list("kind", flat=True)) == ["pattern"]
    assert not Concern.objects.filter(seen_at__isnull=False).exists()
    for word in ("AB12", "A car was waiting", "Paul", "Neil", "EE-2417", "EE-3091", "Ben", "Dev", "Tom"):
        assert word not in page, word


def test_what_was_typed_is_kept_nowhere(world: World, as_person: AsPerson) -> None:
    concern, _ = name_vehicle(world.ely, world.ben, at=world.now, text="ZX81 QQQ")
    address = reverse("concerns:name_subject", args=[concern.reference])
    assert as_person(world.ben).post(address, {"kind": "handle", "text": "grey_heron_77"}).status_code == 302
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        for (table,) in cursor.fetchall():
            typed = "zx81|2x81|grey.?heron"
            cursor.execute(f'SELECT count(*) FROM "{table}" AS kept WHERE kept::text ~* %s', [typed])  # noqa: S608
            assert cursor.fetchone() == (0,), table
    assert {len(mention.index) for mention in Mention.objects.all()} == {64}
    assert concern.mentions.count() == 2


def test_the_mail_to_fay_says_nothing_of_it(world: World) -> None:
    pattern_of_three(world)
    send_due(at=world.now + timedelta(hours=12))
    (message,) = [each for each in mail.outbox if each.to == ["fay@example.org"]]
    for word in ("vehicle", "circle", "pattern", "AB12", "P-", "concern"):
        assert word.lower() not in f"{message.subject} {message.body}".lower(), word


# --- Who --------------------------------------------------------------------------------------------------


def test_somebody_one_of_them_is_about_is_told_nothing_and_finds_nothing(world: World, as_person: AsPerson) -> None:
    """Fay herself is whom one concern is about: Hana is told, and for Fay there is no pattern."""
    name_vehicle(world.ely, world.ben, at=world.now)
    name_vehicle(world.wisbech, world.dev, at=world.now, about=world.fay)
    _, (pattern,) = name_vehicle(world.ely, world.tom, at=world.now)
    assert people_told_of(pattern) == ["Hana"]
    fay = as_person(world.fay)
    assert fay.get(pattern.get_absolute_url()).status_code == 404
    assert pattern.reference not in fay.get(reverse("concerns:patterns")).content.decode()
    assert pattern.get_absolute_url() not in [item.url for item in work_of(world.fay, world.now)]
    assert as_person(world.hana).get(pattern.get_absolute_url()).status_code == 200


def test_ann_whom_one_is_about_learns_of_no_pattern_by_naming_it_in_her_own(world: World, as_person: AsPerson) -> None:
    name_vehicle(world.ely, world.ben, at=world.now, about=world.ann)
    name_vehicle(world.wisbech, world.dev, at=world.now)
    mine, _ = name_vehicle(world.ely, world.tom, at=world.now, text="ZZ99 ZZZ")
    address = reverse("concerns:name_subject", args=[mine.reference])
    page = as_person(world.ann).post(address, {"kind": "vehicle", "text": PLATE}, follow=True).content.decode()
    assert Pattern.objects.count() == 1
    assert "Added. It will be compared with other concerns." in page
    assert Pattern.objects.get().reference not in page
    events = ConcernEvent.objects.filter(concern=mine)
    assert not any("alike" in event.sentence or "pattern" in event.sentence for event in events)


def test_only_its_author_and_who_answers_for_it_name_anything(world: World) -> None:
    concern, _ = name_vehicle(world.ely, world.ben, at=world.now)
    for person in (world.tom, world.dev, world.pat, world.gil, world.lou):
        with pytest.raises(PermissionDenied):
            name_subject(concern, kind=Named.VEHICLE, text="XY34 ZAB", by=person, at=world.now)
    for person in (world.ben, world.ann, world.fay):
        name_subject(concern, kind=Named.PLACE, text=f"Mill pond {person.first_name}", by=person, at=world.now)
    assert concern.mentions.count() == 4


@pytest.mark.parametrize(
    ("kind", "text", "says"),
    [
        ("vehicle", "a blue Ford", "Write the registration alone"),
        ("vehicle", "AB12 CDE blue Ford Fiesta", "Write the registration alone"),
        ("place", "at", "Write more of the place"),
        ("handle", "@_", "Write more of the name"),
        ("handle", "", "Write which one"),
        ("boat", "Mary Ann", "Choose"),
    ],
)
def test_what_cannot_be_compared_is_said_and_nothing_typed_is_lost(
    world: World, as_person: AsPerson, kind: str, text: str, says: str
) -> None:
    concern, _ = name_vehicle(world.ely, world.ben, at=world.now)
    address = reverse("concerns:name_subject", args=[concern.reference])
    page = as_person(world.ben).post(address, {"kind": kind, "text": text}).content.decode()
    assert says in page
    assert f'value="{text}"' in page or not text
    assert concern.mentions.count() == 1


def test_a_finished_concern_names_nothing_more(world: World) -> None:
    concern, _ = name_vehicle(world.ely, world.ben, at=world.now)
    mark_raised_in_error(concern, reason="Typed twice.", by=world.ann, at=world.now)
    agree_to_end(concern, by=world.hana, at=world.now)
    with pytest.raises(Refused, match="finished"):
        name_subject(concern, kind=Named.PLACE, text="Mill pond", by=world.ben, at=world.now + timedelta(hours=1))
