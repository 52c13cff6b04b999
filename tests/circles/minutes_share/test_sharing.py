"""Approved minutes go word for word to contacts who were rung. Nothing else about the circle goes with them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from alerts.message.models import Alert
from audit.models import Act, Entry
from circles.circle.event_models import CircleEvent
from circles.log.forms import PAGES
from circles.meeting.models import Meeting
from circles.minutes.operations import add_addendum
from circles.minutes.questions import QUESTIONS
from circles.minutes.sections import HEADINGS
from circles.minutes_share.models import MinutesShare, ResendSetAside
from circles.minutes_share.operations import acknowledge_minutes, set_resend_aside, share_minutes
from circles.sharing_agreement.models import SharingAgreement
from circles.worklist import work_of
from core.errors import Refused
from offenders.contact.models import Contact
from offenders.contact.operations import end_contact
from tests.circles.life.preparing import share as sign_sharing_agreement
from tests.circles.log.writing import send
from tests.circles.minutes_share.shares import (
    HERE,
    MAIL,
    MAILED,
    SPOKEN,
    approved_meeting,
    contact_of,
    meeting_ready_to_share,
    shared_minutes,
)
from tests.circles.version.correcting import open_and_correct
from tests.owner import let_app_change
from tests.world import VOLUNTEERS, World

AsPerson = Callable[[User], Client]
STAYS_INSIDE = {name for name, question in QUESTIONS.items() if not question.outside}
SEND_ON = "An addendum came after these minutes were shared: send it on"
CORRECTED = "A correction came after these minutes were shared: send it on"


def resends_waiting_for(person: User, world: World) -> list[str]:
    return [one.title for one in work_of(person, world.now) if one.title.endswith("send it on")]


def add_note_to(share: MinutesShare, world: World, words: str = "He rang at nine.") -> None:
    add_addendum(share.meeting, words=words, by=world.tom, at=world.now)


def test_ann_shares_with_two_at_once_and_what_each_was_sent_is_kept(world: World) -> None:
    meeting, esi = meeting_ready_to_share(world)
    oz = contact_of(world, "oz", account=False)
    sent = share_minutes(meeting, to={esi: HERE, oz: MAILED}, by=world.ann, at=world.now)
    kept = [(one.recipient_name, one.recipient, one.method, one.recipient_mail, one.sent_by) for one in sent]
    assert kept == [("Esi Okafor", world.esi, HERE, "", world.ann), ("Oz Hale", None, MAILED, MAIL, world.ann)]
    assert all(one.is_as_sent and one.agreement == SharingAgreement.objects.get() for one in sent)
    told = Entry.objects.filter(act=Act.SHARED, reference=meeting.reference).order_by("pk")
    assert [(one.recipient, one.actor, one.within) for one in told] == [
        ("Esi Okafor, Cambridgeshire police", world.ann, "C-0142"),
        ("Oz Hale, Cambridgeshire police", world.ann, "C-0142"),
    ]
    assert CircleEvent.objects.filter(what__endswith="minutes shared with 2 people at agencies").exists()
    alert = Alert.objects.get(key__startswith=sent[0].reference, channel="inbox")
    assert (alert.recipient, alert.wording) == (world.esi, "there_is_news")
    assert not Alert.objects.filter(key__startswith=sent[1].reference).exists()
    assert Meeting.objects.get(pk=meeting.pk).status == Meeting.Status.APPROVED


def test_the_words_hold_what_an_agency_may_read_and_no_more(world: World) -> None:
    share = shared_minutes(
        world,
        boundary="yes",
        boundary_words="A box of chocolates.",
        support="yes",
        debrief="We were all tired.",
        his_week="Tom Quayle says he will look for work. Ben Ashby agrees with Tom.",
        talked_about="His sister.",
    )
    for inside in [
        "chocolates",
        "tired",
        "Please call",
        "call me",
        "gift",
        *[n.split()[1] for n in VOLUNTEERS.values()],
    ]:
        assert inside not in share.text
    for told in [
        "Core member EE-2417-K, called Paul in the circle",
        "Paul: came",
        "B. (volunteer): came",
        "says he will look for work. B. [surname left out] agrees with T.\n",
        "What did you talk about? His sister.",
        "Did anything worry anyone tonight? No, nothing",
    ]:
        assert told in share.text
    assert "Ben" not in share.text
    assert "Tom" not in share.text


def test_what_is_added_goes_along_and_a_volunteer_stays_an_initial(world: World) -> None:
    meeting, esi = meeting_ready_to_share(world)
    add_addendum(meeting, words="Uma saw him leave.", by=world.tom, at=world.now)
    add_addendum(meeting, words="I rang him.", by=world.ann, at=world.now)
    text = share_minutes(meeting, to={esi: HERE}, by=world.ann, at=world.now)[0].text
    assert "Added later by T., " in text
    assert "U. saw him leave." in text
    assert "Added later by Ann Farrowby, " in text


def test_the_log_and_its_readers_share_one_order(world: World) -> None:
    asked = [list(page.questions().values()) for page in PAGES]
    asked[0].append("worry_sent_as")
    assert [list(heading.fields) for heading in HEADINGS] == asked
    assert {field for fields in asked for field in fields} >= STAYS_INSIDE


def test_minutes_that_are_not_approved_go_nowhere(world: World) -> None:
    sign_sharing_agreement(world)
    sent = send(world.meeting, by=world.ben, at=world.now)
    with pytest.raises(Refused, match="Only approved minutes"):
        share_minutes(sent, to={contact_of(world): HERE}, by=world.ann, at=world.now)


def test_the_page_of_a_meeting_without_approved_minutes_says_so(world: World, as_person: AsPerson) -> None:
    ann, address = as_person(world.ann), reverse("circles:share_minutes", args=[world.meeting.reference])
    without = ann.get(address, follow=True)
    send(world.meeting, by=world.ben, at=world.now)
    for page in (without, ann.get(address, follow=True)):
        assert page.redirect_chain == [(world.meeting.get_absolute_url(), 302)]
        assert "Only approved minutes are shared." in page.content.decode()


@pytest.mark.parametrize("days", [-1, 400])
def test_without_an_agreement_in_force_nothing_goes(world: World, days: int) -> None:
    meeting = approved_meeting(world)
    if days > 0:
        sign_sharing_agreement(world)
        day = world.now.date()
        SharingAgreement.objects.update(signed_on=day - timedelta(days=days), review_on=day - timedelta(days=1))
    with pytest.raises(Refused, match="No sharing agreement is in force for Cambridgeshire"):
        share_minutes(meeting, to={contact_of(world): HERE}, by=world.ann, at=world.now)


def test_an_agreement_of_another_area_is_none(world: World) -> None:
    meeting, esi = meeting_ready_to_share(world)
    SharingAgreement.objects.update(area=world.norfolk.area)
    with pytest.raises(Refused, match="No sharing agreement"):
        share_minutes(meeting, to={esi: HERE}, by=world.ann, at=world.now)


def test_nobody_is_told_whom_nobody_has_rung_and_then_nobody_at_all(world: World) -> None:
    meeting, esi = meeting_ready_to_share(world)
    oz = contact_of(world, "oz", verified=False)
    with pytest.raises(Refused, match=r"Nobody has rung Oz Hale yet .* Ring them first") as refused:
        share_minutes(meeting, to={esi: HERE, oz: SPOKEN}, by=world.ann, at=world.now)
    assert refused.value.field == f"to-{oz.reference}"
    with pytest.raises(Refused, match="for ninety days"):
        share_minutes(meeting, to={esi: HERE}, by=world.ann, at=world.now + timedelta(days=91))
    end_contact(esi, by=world.ann, at=world.now)
    with pytest.raises(Refused, match="no longer has the work"):
        share_minutes(meeting, to={esi: HERE}, by=world.ann, at=world.now)
    assert not MinutesShare.objects.exists()


def test_each_way_needs_what_it_needs(world: World) -> None:
    meeting, esi = meeting_ready_to_share(world)
    lou = contact_of(world, "lou", account=False)
    Contact.objects.filter(pk=lou.pk).update(secure_mail="")
    for way, why in ((HERE, "no account"), (MAILED, "No secure e-mail address")):
        with pytest.raises(Refused, match=why):
            share_minutes(meeting, to={lou: way}, by=world.ann, at=world.now)
    Contact.objects.filter(pk=lou.pk).update(secure_mail="lou@example.com")
    with pytest.raises(Refused, match="not on the list of secure ones") as refused:
        share_minutes(meeting, to={lou: MAILED}, by=world.ann, at=world.now)
    assert refused.value.field == f"to-{lou.reference}"
    with pytest.raises(Refused, match="at least one person"):
        share_minutes(meeting, to={}, by=world.ann, at=world.now)
    Contact.objects.filter(pk=esi.pk).update(core_member=world.other_core_member)
    with pytest.raises(Refused, match="not a contact of this core member"):
        share_minutes(meeting, to={esi: HERE}, by=world.ann, at=world.now)


def test_the_same_words_are_not_sent_twice_until_they_can_no_longer_be_read(world: World) -> None:
    share = shared_minutes(world)
    with pytest.raises(Refused, match="has these minutes already"):
        share_minutes(share.meeting, to={share.contact: HERE}, by=world.ann, at=world.now)
    share_minutes(share.meeting, to={share.contact: SPOKEN}, by=world.ann, at=world.now)
    share_minutes(share.meeting, to={share.contact: HERE}, by=world.ann, at=world.now + timedelta(days=30))


def test_only_who_coordinates_or_leads_shares(world: World) -> None:
    meeting, esi = meeting_ready_to_share(world)
    for name in ("ben", "pat", "kit", "jo", "gil", "esi"):
        with pytest.raises(PermissionDenied):
            share_minutes(meeting, to={esi: HERE}, by=world.people[name], at=world.now)
    assert share_minutes(meeting, to={esi: HERE}, by=world.hana, at=world.now)


@pytest.mark.parametrize("change", [{"text": "Other words."}, {"text_hash": "0"}, {"method": "telephone"}])
def test_the_database_keeps_what_was_sent_as_it_was_sent(world: World, change: dict[str, str]) -> None:
    share = shared_minutes(world)
    mine = MinutesShare.objects.filter(pk=share.pk)
    let_app_change("circles_minutesshare")
    for attempt in (lambda: mine.update(**change), share.delete):
        with pytest.raises(IntegrityError, match="kept as they were sent"), transaction.atomic():
            attempt()
    acknowledge_minutes(share, by=world.esi, at=world.now)
    with pytest.raises(IntegrityError, match="kept as they were sent"), transaction.atomic():
        mine.update(read_at=None, read_by=None)


def test_what_is_added_after_waits_for_ann_until_everybody_has_it(world: World) -> None:
    share = shared_minutes(world)
    oz = contact_of(world, "oz")
    share_minutes(share.meeting, to={oz: SPOKEN}, by=world.ann, at=world.now)
    assert resends_waiting_for(world.ann, world) == []
    add_note_to(share, world)
    assert resends_waiting_for(world.ann, world) == [SEND_ON]
    assert [resends_waiting_for(person, world) for person in (world.pat, world.ben, world.hana)] == [[], [], []]
    share_minutes(share.meeting, to={share.contact: HERE}, by=world.ann, at=world.now)
    assert resends_waiting_for(world.ann, world) == [SEND_ON]
    share_minutes(share.meeting, to={oz: HERE}, by=world.ann, at=world.now)
    assert resends_waiting_for(world.ann, world) == []


def test_a_correction_waits_to_be_sent_on_too(world: World) -> None:
    share = shared_minutes(world)
    open_and_correct(
        share.meeting, field="his_week", words="He saw a friend.", reason="He asked.", by=world.jo, at=world.now
    )
    assert resends_waiting_for(world.ann, world) == [CORRECTED]
    again = share_minutes(share.meeting, to={share.contact: HERE}, by=world.ann, at=world.now)[0]
    assert resends_waiting_for(world.ann, world) == []
    assert ("He saw a friend." in again.text, "his sister on Sunday" in again.text) == (True, False)
    assert "his sister on Sunday" in MinutesShare.objects.get(pk=share.pk).text


def test_it_is_set_aside_with_a_reason_until_more_is_added(world: World) -> None:
    share = shared_minutes(world)
    with pytest.raises(Refused, match="nothing to send on"):
        set_resend_aside(share.meeting, reason="No need.", by=world.ann, at=world.now)
    add_note_to(share, world)
    with pytest.raises(Refused, match="Say why"):
        set_resend_aside(share.meeting, reason=" ", by=world.ann, at=world.now)
    with pytest.raises(PermissionDenied):
        set_resend_aside(share.meeting, reason="No need.", by=world.ben, at=world.now)
    set_resend_aside(share.meeting, reason="She took the call herself.", by=world.ann, at=world.now)
    assert resends_waiting_for(world.ann, world) == []
    let_app_change("circles_resendsetaside")
    with pytest.raises(IntegrityError, match="written once"), transaction.atomic():
        ResendSetAside.objects.update(reason="Because.")
    add_note_to(share, world, "And again at ten.")
    assert resends_waiting_for(world.ann, world) == [SEND_ON]


def test_minutes_that_were_never_shared_wait_for_nobody(world: World) -> None:
    add_addendum(approved_meeting(world), words="He rang at nine.", by=world.tom, at=world.now)
    assert resends_waiting_for(world.ann, world) == []


def test_ann_shares_on_the_page_and_an_unverified_one_is_refused_in_words(world: World, as_person: AsPerson) -> None:
    meeting, esi = meeting_ready_to_share(world)
    oz = contact_of(world, "oz", verified=False)
    ann, address = as_person(world.ann), reverse("circles:share_minutes", args=[meeting.reference])
    both = {f"to-{esi.reference}": HERE, f"to-{oz.reference}": SPOKEN}
    refused = ann.post(address, both).content.decode()
    assert "Nobody has rung Oz Hale yet" in refused
    assert not MinutesShare.objects.exists()
    body = ann.post(address, both | {f"to-{oz.reference}": ""}, follow=True).content.decode()
    assert "Shared with Esi Okafor." in body
    assert "Shared with 1" in body
    assert MinutesShare.objects.get().contact == esi
    volunteers_page = as_person(world.ben).get(meeting.get_absolute_url()).content.decode()
    assert ("Shared with 1" in volunteers_page, "Esi Okafor" in volunteers_page) == (True, False)
