"""The recipient's side: a receipt that is an undertaking, a reply box, copies that carry their name."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from alerts.message.models import Alert
from audit.models import Act, Entry
from concerns.share.models import Share
from concerns.share.operations import recall_share
from concerns.share.paper_operations import print_share
from concerns.share.reply_models import ShareReply
from concerns.share.reply_operations import acknowledge_share, mark_replies_read, receive_share, write_reply
from core.errors import Refused
from tests.concerns.reading import As, concern_by
from tests.concerns.share.sharing import TOLD, share_for_esi
from tests.concerns.share.test_share import sent_share, titles
from tests.owner import let_app_change
from tests.page_forms import DrawnForm, forms_in
from tests.world import World

WORDS = "Which Saturdays, and where?"


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages)


def test_esis_receipt_is_her_undertaking_and_anns_is_not(world: World) -> None:
    share = receive_share(sent_share(world), by=world.esi, at=world.now)
    assert (share.status, share.is_undertaken) == (Share.Status.RECEIVED, True)
    heard = receive_share(sent_share(world), by=world.ann, at=world.now)
    assert (heard.received_by, heard.is_undertaken) == (world.ann, False)


def test_the_first_opening_is_a_line_in_its_story_and_no_receipt(world: World, as_person: As) -> None:
    share = sent_share(world)
    for _ in range(2):
        as_person(world.esi).get(share.get_absolute_url())
    as_person(world.ann).get(share.get_absolute_url())
    share.refresh_from_db()
    assert share.opened_at is not None
    assert share.status == Share.Status.SENT
    assert share.events.filter(what="Opened by the recipient").count() == 1


def test_what_esi_writes_waits_for_ann_until_she_has_read_it(world: World, as_person: As) -> None:
    share = sent_share(world)
    write_reply(share, words=WORDS, by=world.esi, at=world.now)
    assert titles(world.ann, world) == ["The agency wrote back: read it"]
    alerted = Alert.objects.filter(key__startswith=f"{share.reference}:reply:").values_list("recipient__first_name")
    assert set(alerted) == {("Ann",)}
    assert WORDS in as_person(world.ann).get(share.get_absolute_url()).content.decode()
    mark_replies_read(share, by=world.ann, at=world.now)
    assert titles(world.ann, world) == []
    assert "read by the charity" in as_person(world.esi).get(share.get_absolute_url()).content.decode()


def test_what_esi_writes_while_ann_reads_is_not_read_by_anns_button(world: World, as_person: As) -> None:
    share, ann = sent_share(world), as_person(world.ann)
    write_reply(share, words=WORDS, by=world.esi, at=world.now)
    page = form_to(ann, share, "concerns:share_read")
    write_reply(share, words="And not before Friday.", by=world.esi, at=world.now)
    answer = ann.post(page.to, page.sends)
    assert "This was changed since you opened the page" in answer.content.decode()
    assert not ShareReply.objects.filter(read_at__isnull=False).exists()
    ann.post(page.to, form_to(ann, share, "concerns:share_read").sends)
    assert not ShareReply.objects.filter(read_at=None).exists()


def form_to(client: Client, share: Share, name: str) -> DrawnForm:
    """The form on the share's page that goes to this address."""
    forms = forms_in(client.get(share.get_absolute_url()).content.decode())
    return next(form for form in forms if form.to == reverse(name, args=[share.reference]))


def test_esis_acknowledgement_is_a_reply_too_and_anns_is_not(world: World) -> None:
    acknowledge_share(sent_share(world), their_plan="Visit.", by=world.esi, at=world.now)
    acknowledge_share(sent_share(world), their_plan="She says: visit.", by=world.ann, at=world.now)
    assert [reply.words for reply in ShareReply.objects.all()] == ["Visit."]


def test_only_whom_it_was_sent_to_writes_back_and_something(world: World) -> None:
    share = sent_share(world)
    for person in (world.ann, world.oz, world.ben):
        with pytest.raises(PermissionDenied):
            write_reply(share, words=WORDS, by=person, at=world.now)
    with pytest.raises(Refused, match="Write what you want to say"):
        write_reply(share, words=" ", by=world.esi, at=world.now)


def test_a_reply_about_ann_is_nothing_to_ann(world: World) -> None:
    share = share_for_esi(world, concern_by(world, world.ben, about=world.ann), by=world.hana)
    Share.objects.filter(pk=share.pk).update(
        status="sent", approved_at=world.now, approved_by=world.fay, sent_at=world.now, sent_by=world.hana
    )
    write_reply(share, words=WORDS, by=world.esi, at=world.now)
    alerted = Alert.objects.filter(key__startswith=f"{share.reference}:reply:").values_list("recipient__first_name")
    assert set(alerted) == {("Hana",)}
    assert not ShareReply.objects.visible_to(world.ann).exists()
    assert titles(world.ann, world) == []


def test_the_database_keeps_a_reply_as_it_was_written(world: World) -> None:
    let_app_change("concerns_sharereply")
    reply = write_reply(sent_share(world), words=WORDS, by=world.esi, at=world.now)
    with pytest.raises(DatabaseError, match="kept as it was written"), transaction.atomic():
        ShareReply.objects.filter(pk=reply.pk).update(words="Nothing.")
    with pytest.raises(DatabaseError, match="kept as it was written"), transaction.atomic():
        ShareReply.objects.filter(pk=reply.pk)._raw_delete("default")


def test_esis_page_carries_her_name_the_law_and_the_end_of_her_time(world: World, as_person: As) -> None:
    share = sent_share(world)
    page = as_person(world.esi).get(share.get_absolute_url()).content.decode()
    assert page.count("Esi Okafor · ") >= 6
    for said in ("OFFICIAL-SENSITIVE", "article 6(1)(f)", "Paragraph 18", share.handling, "You can open this until"):
        assert said in page
    assert "Information share" not in page


def test_the_paper_says_what_an_officer_types_and_who_made_it(world: World) -> None:
    share = sent_share(world)
    pdf = print_share(share, by=world.esi, at=world.now)
    told = text_of(pdf)
    for said in (
        TOLD["text"],
        share.reference,
        "EE-2417-K",
        "Received by the charity",
        "A volunteer of the circle",
        "How it is known",
        "Crime and Disorder Act 1998",
        "article 6(1)(f)",
        share.text_hash,
    ):
        assert said in told
    assert told.count("OFFICIAL-SENSITIVE") == 2
    assert told.count("Esi Okafor") >= 5
    for kept in (TOLD["purpose"], TOLD["necessity"], "Ben", "Ashby"):
        assert kept not in told
    root = PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].lower().startswith("en")


def test_a_paper_is_in_the_trail_as_a_disclosure_to_whoever_made_it(world: World) -> None:
    share = sent_share(world)
    print_share(share, by=world.esi, at=world.now)
    entry = Entry.objects.get(act=Act.EXPORTED, reference=share.reference)
    assert (entry.actor, entry.recipient) == (world.esi, "Esi Okafor, Cambridgeshire police")
    assert entry.note == "disclosed as a PDF"


def test_there_is_no_paper_of_what_was_not_sent_or_was_called_back(world: World) -> None:
    with pytest.raises(Refused, match="There is no copy"):
        print_share(share_for_esi(world), by=world.ann, at=world.now)
    share = recall_share(sent_share(world), reason="The wrong person.", by=world.ann, at=world.now)
    with pytest.raises(Refused, match="There is no copy"):
        print_share(share, by=world.ann, at=world.now)
    with pytest.raises(PermissionDenied):
        print_share(sent_share(world), by=world.oz, at=world.now)


def test_after_thirty_days_esi_opens_neither_page_nor_copies(world: World, as_person: As) -> None:
    share = sent_share(world)
    Share.objects.filter(pk=share.pk).update(sent_at=world.now - timedelta(days=31))
    for more in ("", "text/", "paper/"):
        assert as_person(world.esi).get(f"{share.get_absolute_url()}{more}").status_code == 404


def test_the_plain_text_has_date_source_and_basis(world: World, as_person: As) -> None:
    text = as_person(world.esi).get(f"{sent_share(world).get_absolute_url()}text/").content.decode()
    for line in (
        "Told: ",
        "Received by the charity: ",
        "Source: A volunteer of the circle",
        "How it is known: ",
        "Under: ",
    ):
        assert f"\n{line}" in text
