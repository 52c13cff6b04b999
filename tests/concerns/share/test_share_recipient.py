"""Whom a share may go to: a contact rung in the last ninety days, their duty desk, or nobody's contact."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from concerns.share.choices import Method
from concerns.share.models import Share
from concerns.share.operations import approve_share, send_share
from concerns.share.recipient import OtherRecipient
from core.errors import Refused
from offenders.contact.models import Contact
from offenders.contact.operations import change_contact, end_contact, verify_contact
from tests.concerns.engine.raising import worry
from tests.concerns.reading import As
from tests.concerns.share.sharing import TYPED, esi, sergeant, share_for_esi
from tests.world import World


def share_with(world: World, contact: Contact, **more: Any) -> Share:
    return share_for_esi(world, **{"contact": contact, "method": Method.TELEPHONE, **more})


def test_moira_was_rung_in_time_and_is_told_under_her_own_name(world: World) -> None:
    share = share_with(world, sergeant(world, rung_days_ago=90))
    assert (share.recipient_name, share.recipient_role) == ("Sgt Moira Lane", "Case officer")
    assert share.recipient_agency == "Cambridgeshire police"


@pytest.mark.parametrize(("rung", "why"), [(91, "for ninety days"), (None, "has rung Sgt Moira Lane yet")])
def test_a_contact_nobody_has_rung_is_told_nothing_and_the_desk_is_named(
    world: World, rung: int | None, why: str
) -> None:
    with pytest.raises(Refused, match=why) as refusal:
        share_with(world, sergeant(world, rung_days_ago=rung))
    assert refusal.value.field == "to"
    assert "Tell the duty desk instead (Front desk, Ely)" in refusal.value.message
    assert not Share.objects.exists()


def test_a_contact_whose_work_has_ended_is_told_nothing(world: World) -> None:
    contact = end_contact(sergeant(world, rung_days_ago=1), by=world.ann, at=world.now)
    with pytest.raises(Refused, match="no longer has the work"):
        share_with(world, contact)


def test_scenario_8_the_practitioner_changed_and_one_press_tells_the_duty_desk(world: World, as_person: As) -> None:
    """domain.md 11, scenario 8: contact expired, share blocked until verified, duty desk used."""
    contact, concern = sergeant(world, rung_days_ago=91), worry(world)
    ann, address = as_person(world.ann), f"/concerns/{concern.reference}/tell/"
    typed = {**TYPED, "to": contact.reference, "recipient_name": "", "recipient_role": "", "recipient_agency": ""}
    page = ann.post(address, typed).content.decode()
    assert "Nobody has rung Sgt Moira Lane for ninety days" in page
    assert f'name="to" value="desk:{contact.reference}"' in page
    assert page.count(typed["necessity"]) == 2
    assert not Share.objects.exists()
    made = ann.post(address, {**typed, "to": f"desk:{contact.reference}"})
    share = Share.objects.get()
    assert made.url == share.get_absolute_url()
    assert (share.recipient_name, share.recipient_role, share.to_desk) == ("Front desk, Ely", "Duty desk", True)
    verify_contact(contact, by=world.ann, at=world.now)
    assert ann.post(address, typed).status_code == 302
    assert Share.objects.filter(to_desk=False, contact=contact).count() == 1


def test_no_desk_is_offered_where_none_is_written_down(world: World, as_person: As) -> None:
    contact = sergeant(world, duty_desk="")
    page = as_person(world.ann).post(f"/concerns/{worry(world).reference}/tell/", {**TYPED, "to": contact.reference})
    assert "Ring first, and say so on his page" in page.content.decode()
    assert "Tell the duty desk" not in page.content.decode()
    with pytest.raises(Refused, match="No duty desk is written down"):
        share_with(world, contact, to_desk=True)


def test_a_contact_that_runs_out_while_a_share_waits_is_not_told(world: World) -> None:
    share = approve_share(share_with(world, sergeant(world, rung_days_ago=90)), by=world.hana, at=world.now)
    later = world.now + timedelta(days=2)
    with pytest.raises(Refused, match="for ninety days"):
        send_share(share, by=world.ann, at=later)
    verify_contact(Contact.objects.get(), by=world.ann, at=later)
    assert send_share(share, by=world.ann, at=later).sent_at == later


def test_the_desk_of_a_contact_that_ran_out_can_still_be_sent_to(world: World) -> None:
    share = share_with(world, sergeant(world, rung_days_ago=200), to_desk=True)
    approve_share(share, by=world.hana, at=world.now)
    assert send_share(share, by=world.ann, at=world.now).sent_at == world.now


def test_a_contact_is_not_written_down_by_hand_to_walk_round_the_check(world: World) -> None:
    sergeant(world, account=world.esi)
    by_name = OtherRecipient(name=" sgt moira lane ", role="Officer", agency="Police")
    for somebody in (by_name, esi(world)):
        with pytest.raises(Refused, match="This is a contact of his"):
            share_for_esi(world, other_recipient=somebody, method=Method.TELEPHONE)


def test_somebody_written_down_needs_a_name_a_post_and_an_agency(world: World) -> None:
    with pytest.raises(Refused, match="write their role") as refusal:
        share_for_esi(world, other_recipient=OtherRecipient(name="Jan"), method=Method.TELEPHONE)
    assert refusal.value.field == "recipient_role"


def test_a_contact_with_an_account_reads_it_there_and_one_without_does_not(world: World) -> None:
    share = share_with(world, sergeant(world, rung_days_ago=1, account=world.esi), method=Method.HERE)
    assert share.recipient == world.esi
    with pytest.raises(Refused, match="somebody with an account"):
        share_with(world, sergeant(world, rung_days_ago=1, name="PC Ada Swan"), method=Method.HERE)


@pytest.mark.parametrize("address", ["m.lane@cambs.pnn.police.uk", "a@CJSM.net", "desk@social.gov.uk", "x@nhs.net"])
def test_secure_mail_goes_to_a_domain_on_the_list(world: World, address: str) -> None:
    share = share_with(world, sergeant(world, rung_days_ago=1, secure_mail=address), method=Method.SECURE_MAIL)
    assert share.recipient_mail == address


@pytest.mark.parametrize("address", ["m.lane@example.com", "a@notpolice.uk", "a@police.uk.example.com", "a@nhs.net.io"])
def test_secure_mail_goes_nowhere_else(world: World, address: str) -> None:
    """A domain is taken off the list after the contact was written down."""
    contact = sergeant(world, rung_days_ago=1)
    contact.secure_mail = address
    with pytest.raises(Refused, match="not on the list of secure ones") as refusal:
        share_with(world, contact, method=Method.SECURE_MAIL)
    assert refusal.value.field == "recipient_mail"


def test_secure_mail_needs_an_address(world: World) -> None:
    with pytest.raises(Refused, match="Write the secure e-mail address"):
        share_with(world, sergeant(world, rung_days_ago=1), method=Method.SECURE_MAIL)


@pytest.mark.parametrize("field", ["to_desk", "basis", "condition", "handling", "marking"])
def test_the_database_freezes_what_is_new_on_a_share_too(world: World, field: str) -> None:
    share = approve_share(share_with(world, sergeant(world, rung_days_ago=1)), by=world.hana, at=world.now)
    changed = {
        "to_desk": True,
        "basis": "vital",
        "condition": "none",
        "handling": "As you like.",
        "marking": "official",
    }
    with pytest.raises(DatabaseError, match="not changed"), transaction.atomic():
        Share.objects.filter(pk=share.pk).update(**{field: changed[field]})


def test_the_database_knows_no_desk_without_a_contact(world: World) -> None:
    share = share_for_esi(world)
    with pytest.raises(IntegrityError, match="share_desk_of_a_contact"), transaction.atomic():
        Share.objects.filter(pk=share.pk).update(to_desk=True)


def test_whoever_stands_in_for_a_contact_nobody_has_rung_is_told_nothing_either(world: World) -> None:
    contact = sergeant(world, rung_days_ago=91, deputy="DC Ana Ruiz, 01632 960 402")
    ana = OtherRecipient(name="dc ana ruiz", role="Officer", agency="Police")
    with pytest.raises(Refused, match="Nobody has rung Sgt Moira Lane for ninety days"):
        share_for_esi(world, other_recipient=ana, method=Method.TELEPHONE)
    verify_contact(contact, by=world.ann, at=world.now)
    assert share_for_esi(world, other_recipient=ana, method=Method.TELEPHONE).recipient_name == "dc ana ruiz"


def test_a_number_that_changes_while_a_share_waits_is_rung_before_it_is_sent(world: World) -> None:
    contact = sergeant(world, rung_days_ago=1)
    share = approve_share(share_with(world, contact), by=world.hana, at=world.now)
    facts = {name: getattr(contact, name) for name in ("name", "role", "agency", "duty_desk", "account")}
    change_contact(contact, telephone="01632 960 499", by=world.ann, at=world.now, **facts)
    with pytest.raises(Refused, match="Nobody has rung Sgt Moira Lane yet"):
        send_share(share, by=world.ann, at=world.now)
