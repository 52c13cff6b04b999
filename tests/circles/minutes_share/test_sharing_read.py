"""A recipient reads the minutes here for thirty days, marked with their name, and sees nothing else."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from accounts.models import User
from audit.models import Act, Entry
from circles.circle.models import Circle
from circles.meeting.models import Meeting
from circles.minutes_share.models import MinutesShare
from circles.minutes_share.operations import acknowledge_minutes, share_minutes
from circles.minutes_share.paper_operations import paper_of_minutes
from circles.sharing_agreement.models import SharingAgreement
from core.paper import print_paper
from offenders.contact.models import Contact
from offenders.contact.operations import end_contact
from tests.circles.minutes_share.shares import HERE, SPOKEN, meeting_ready_to_share, shared_minutes
from tests.world import World

AsPerson = Callable[[User], Client]


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages)


def shares_seen_by(person: User) -> int:
    return MinutesShare.objects.visible_to(person).count()


def test_esi_reads_it_marked_with_her_name_and_the_trail_says_so(world: World, as_person: AsPerson) -> None:
    share = shared_minutes(world)
    body = as_person(world.esi).get(share.get_absolute_url()).content.decode()
    assert "OFFICIAL-SENSITIVE · opened by Esi Okafor" in body
    assert body.count('data-mark="Esi Okafor · ') >= 12  # across the words themselves
    assert "saw his sister on Sunday" in body
    assert "A calm evening" not in body
    assert Entry.objects.filter(act=Act.CONSULTED, reference=share.reference, actor=world.esi, within="C-0142").exists()


def test_esi_says_that_she_has_read_it_and_nobody_says_it_for_her(world: World, as_person: AsPerson) -> None:
    share = shared_minutes(world)
    for other in (world.ann, world.oz, world.hana):
        with pytest.raises(PermissionDenied):
            acknowledge_minutes(share, by=other, at=world.now)
    esi = as_person(world.esi)
    assert "I have read it" in esi.get(share.get_absolute_url()).content.decode()
    esi.post(reverse("circles:minutes_read", args=[share.reference]))
    first = MinutesShare.objects.get()
    assert first.read_by == world.esi
    acknowledge_minutes(share, by=world.esi, at=world.now + timedelta(days=1))
    assert MinutesShare.objects.get().read_at == first.read_at
    assert "Esi Okafor has read it" in as_person(world.ann).get(share.get_absolute_url()).content.decode()


def test_esi_sees_nothing_else_of_the_circle(world: World, as_person: AsPerson) -> None:
    share = shared_minutes(world)
    esi = as_person(world.esi)
    for address in [
        share.meeting.get_absolute_url(),
        world.ely.get_absolute_url(),
        reverse("circles:share_minutes", args=[share.meeting.reference]),
        reverse("circles:versions", args=[share.meeting.reference]),
        reverse("circles:meetings", args=["C-0142"]),
    ]:
        assert esi.get(address).status_code == 404
    assert not Circle.objects.visible_to(world.esi).exists()
    assert not Meeting.objects.visible_to(world.esi).exists()


def test_only_whom_it_was_sent_to_and_who_leads_the_circle_see_it(world: World) -> None:
    shared_minutes(world)
    see = {name for name, person in world.people.items() if shares_seen_by(person)}
    assert see == {"esi", "ann", "hana", "fay"}


@pytest.mark.parametrize(("days", "seen"), [(31, 0), (29, 1)])
def test_after_thirty_days_it_is_gone_for_her_and_kept_for_ann(world: World, days: int, seen: int) -> None:
    meeting, contact = meeting_ready_to_share(world)
    at = timezone.now() - timedelta(days=days)
    SharingAgreement.objects.update(signed_on=at.date() - timedelta(days=1))
    Contact.objects.filter(pk=contact.pk).update(verified_on=at.date())
    share_minutes(meeting, to={contact: HERE}, by=world.ann, at=at)
    assert (shares_seen_by(world.esi), shares_seen_by(world.ann)) == (seen, 1)


def test_it_is_gone_once_she_no_longer_has_the_work(world: World) -> None:
    share = shared_minutes(world)
    end_contact(share.contact, by=world.ann, at=world.now)
    assert shares_seen_by(world.esi) == 0


def test_what_was_read_out_to_her_is_not_read_here(world: World) -> None:
    shared_minutes(world, how=SPOKEN)
    assert (shares_seen_by(world.esi), shares_seen_by(world.ann)) == (0, 1)


def test_her_list_is_in_the_bar_and_holds_what_was_sent_to_her_alone(world: World, as_person: AsPerson) -> None:
    share = shared_minutes(world)
    address = reverse("circles:minutes_sent_to_me")
    body = as_person(world.esi).get("/").content.decode()
    assert f'href="{address}"' in body
    assert share.reference in as_person(world.esi).get(address).content.decode()
    for other in (world.oz, world.ann, world.ben):
        assert share.reference not in as_person(other).get(address).content.decode()


def test_the_paper_is_marked_with_who_made_it_and_in_the_trail(world: World) -> None:
    share = shared_minutes(world)
    told = text_of(paper_of_minutes(share, by=world.esi, at=world.now))
    assert told.count("OFFICIAL-SENSITIVE") >= 2
    assert told.count("Esi Okafor ·") >= 4
    assert "saw his sister on Sunday" in told
    assert share.text_hash[:20] in told.replace(" ", "")
    entry = Entry.objects.get(act=Act.EXPORTED, reference=share.reference)
    assert (entry.actor, entry.recipient) == (world.esi, "Esi Okafor, Cambridgeshire police")
    for other in (world.ben, world.oz, world.pat, world.gil):
        with pytest.raises(PermissionDenied):
            paper_of_minutes(share, by=other, at=world.now)


def test_hostile_words_are_printed_and_never_run() -> None:
    hostile = '#panic("x") ] [ \\ $ *b* `r` @l <a> #read("share.typ") "); #let x = 1'
    words = {
        "title": hostile,
        "about": [hostile],
        "marking": "M",
        "reference": hostile,
        "sent": hostile,
        "hash": "h",
        "parts": [{"title": hostile, "lines": [hostile]}],
        "handling": "k",
        "made": "m",
        "watermark": hostile,
    }
    assert hostile.replace(" ", "") in text_of(print_paper("minutes", dict(words))).replace(" ", "")
