"""Third-party disclosure: asked of the lead agency, decided by it, never by us (domain.md 3.1, 7.7)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction

from alerts.message.models import Alert
from audit.models import Act, Entry
from concerns.disclosure.models import DisclosureRequest
from concerns.disclosure.operations import (
    ask_disclosure,
    chase_disclosure,
    confirm_undertaking,
    put_to_agency,
    record_agency_disclosed,
    record_agency_refused,
    record_self_disclosed,
)
from concerns.watch.late_records import tell_of_late
from concerns.worklist import work_of
from core.errors import MoveNotAllowed, Refused
from tests.concerns.reading import As, concern_by
from tests.concerns.register.keeping import ASKED, disclosure_request, with_agency
from tests.owner import let_app_change
from tests.world import World

Status = DisclosureRequest.Status
MONTH = timedelta(days=30)
DECIDED = {"decided_who": "DS Moore", "decision_words": "The families must know."}


def titles(person: object, world: World, later: timedelta = timedelta()) -> list[str]:
    return [item.title for item in work_of(person, world.now + later) if "/disclosures/" in item.url]  # type: ignore[arg-type]


def test_the_whole_road_from_asked_to_done(world: World) -> None:
    request = with_agency(world)
    assert request.lead_agency == "Police"
    request = record_agency_disclosed(
        request,
        **DECIDED,
        conditions="Not to be passed on.",
        volunteers_may_say="Nothing about why.",
        by=world.ann,
        at=world.now,
    )
    assert (request.status, request.volunteers_may_say) == (Status.AGENCY_DISCLOSED, "Nothing about why.")
    request = confirm_undertaking(request, undertaking="DS Moore, by telephone", by=world.ann, at=world.now)
    assert (request.status, request.due_at) == (Status.DONE, None)


def test_nothing_is_decided_before_the_lead_agency_has_it(world: World) -> None:
    for decide in (record_agency_disclosed, record_agency_refused):
        with pytest.raises(MoveNotAllowed):
            decide(disclosure_request(world), **DECIDED, by=world.hana, at=world.now)  # type: ignore[operator]
    with pytest.raises(IntegrityError, match="disclosure_decided_only_by_the_agency"), transaction.atomic():
        DisclosureRequest.objects.filter(pk=disclosure_request(world).pk).update(status="with_agency")


def test_done_needs_the_undertaking(world: World) -> None:
    request = record_agency_disclosed(with_agency(world), **DECIDED, by=world.ann, at=world.now)
    with pytest.raises(Refused, match="confirmed that it is signed"):
        confirm_undertaking(request, undertaking=" ", by=world.ann, at=world.now)


@pytest.mark.parametrize("missing", ["decided_who", "decision_words"])
def test_a_decision_has_somebody_at_the_agency_and_a_reason(world: World, missing: str) -> None:
    with pytest.raises(Refused) as refusal:
        record_agency_refused(with_agency(world), **{**DECIDED, missing: " "}, by=world.ann, at=world.now)
    assert refusal.value.field == missing


def test_refused_and_told_by_himself_are_ends_too(world: World) -> None:
    refused = record_agency_refused(with_agency(world), **DECIDED, by=world.ann, at=world.now)
    himself = record_self_disclosed(with_agency(world), what="He told her on Sunday.", by=world.ann, at=world.now)
    assert (refused.status, himself.status) == (Status.REFUSED, Status.SELF_DISCLOSED)
    assert refused.moves == himself.moves == []


@pytest.mark.parametrize("missing", ["who", "why", "else_considered"])
def test_a_request_says_who_why_and_what_would_do_instead(world: World, missing: str) -> None:
    with pytest.raises(Refused) as refusal:
        disclosure_request(world, **{missing: " "})
    assert refusal.value.field == missing


def test_ann_and_the_leads_handle_it_and_nobody_else_sees_it(world: World) -> None:
    request = disclosure_request(world)
    for name, person in world.people.items():
        assert DisclosureRequest.objects.visible_to(person).exists() is (name in {"ann", "hana", "fay"}), name
    for person in (world.pat, world.ben, world.esi, world.kit):
        with pytest.raises(PermissionDenied):
            ask_disclosure(world.ely, **ASKED, by=person, at=world.now)
        with pytest.raises(PermissionDenied):
            put_to_agency(request, put_to="DS Moore", by=person, at=world.now)


def test_a_request_from_a_concern_about_ann_is_nothing_to_ann(world: World) -> None:
    request = disclosure_request(world, concern=concern_by(world, world.ben, about=world.ann), by=world.hana)
    assert not DisclosureRequest.objects.visible_to(world.ann).exists()
    with pytest.raises(PermissionDenied):
        put_to_agency(request, put_to="DS Moore", by=world.ann, at=world.now)
    tell_of_late(at=world.now + MONTH)
    told = Alert.objects.filter(key__startswith=request.reference).values_list("recipient__first_name", flat=True)
    assert set(told) == {"Hana", "Fay"}
    assert Entry.objects.get(reference=request.reference).within == ""


def test_ann_is_to_put_it_and_to_chase_it_and_the_leads_once_it_is_late(world: World) -> None:
    request = disclosure_request(world)
    assert titles(world.ann, world) == ["Put the disclosure request to the lead agency"]
    assert titles(world.hana, world) == []
    put_to_agency(request, put_to="DS Moore", by=world.ann, at=world.now)
    assert titles(world.ann, world) == []
    for person in (world.ann, world.hana):
        assert titles(person, world, MONTH) == ["Ask the lead agency for its decision"]
    chase_disclosure(request, spoken_to="DS Moore.", by=world.ann, at=world.now + MONTH)
    assert titles(world.ann, world, MONTH) == []


def test_lateness_is_told_once_for_each_due_time_and_neutrally(world: World) -> None:
    request = with_agency(world)
    assert tell_of_late(at=world.now) == 0
    assert [tell_of_late(at=world.now + MONTH) for _ in range(2)] == [1, 0]
    alert = Alert.objects.filter(key__startswith=request.reference, recipient=world.ann).first()
    assert alert is not None
    assert alert.wording == "something_needs_you"
    chase_disclosure(request, spoken_to="DS Moore.", by=world.ann, at=world.now + MONTH)
    assert [tell_of_late(at=world.now + 2 * MONTH) for _ in range(2)] == [1, 0]


def test_putting_it_to_the_agency_is_in_the_trail_as_shared_and_it_is_kept(world: World) -> None:
    let_app_change("concerns_disclosurerequest")
    request = with_agency(world)
    entry = Entry.objects.get(reference=request.reference, act=Act.SHARED)
    assert entry.recipient == "DS Moore, public protection, Police"
    with pytest.raises(DatabaseError, match="kept"), transaction.atomic():
        DisclosureRequest.objects.filter(pk=request.pk)._raw_delete("default")


def test_the_page_says_whose_decision_it_is_and_never_the_word_share(world: World, as_person: As) -> None:
    page = as_person(world.ann).get(with_agency(world).get_absolute_url()).content.decode()
    assert "The lead agency decides, and tells." in page
    main = page[page.index("<main") : page.index("</main>")]
    assert "share" not in main.lower()


def test_what_was_typed_is_still_there_when_something_is_missing(world: World, as_person: As) -> None:
    page = as_person(world.ann).post("/concerns/circles/C-0142/disclosures/ask/", {**ASKED, "why": ""})
    assert ASKED["else_considered"] in page.content.decode()
    assert "govuk-error-summary" in page.content.decode()
