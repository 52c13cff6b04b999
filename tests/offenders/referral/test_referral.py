"""A referral, from an officer's first call to a core member or a reasoned refusal."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.mail import POSTMAN
from accounts.open_work import open_work_of
from accounts.operations import end_account
from alerts.message.models import Alert
from audit.models import Entry
from circles.sharing_agreement.models import SharingAgreement
from core.errors import MoveNotAllowed, Refused
from core.forms import Form
from core.worktime import WORKING_DAY, service_worktime
from offenders.referral.answer_models import SectionAnswers
from offenders.referral.forms import AskForm, DeclineForm
from offenders.referral.link_models import ReferrerLink
from offenders.referral.link_operations import (
    find_link,
    save_section_by_link,
    send_form_by_link,
    send_referrer_link,
)
from offenders.referral.models import Referral
from offenders.referral.operations import (
    change_referrer,
    hand_referral_to,
    save_section,
    start_referral,
    submit_referral,
)
from offenders.referral.screening_operations import (
    acknowledge_referral,
    decline_referral,
    lapse_referrals,
    note_document,
    receive_information,
    withdraw_referral,
)
from offenders.referral.status_words import status_for_referrer
from tests.offenders.referral.referrals import (
    declined,
    filled,
    in_screening,
    started,
    submitted,
    waiting,
)
from tests.world import World

DAY = timedelta(days=1)
Letters = Callable[[Callable[[], object]], list[EmailMessage]]


@pytest.fixture
def letters(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Letters:
    """Do something, and give the letters that went out with it."""

    def posted(act: Callable[[], object]) -> list[EmailMessage]:
        before = len(mail.outbox)
        with django_capture_on_commit_callbacks(execute=True):
            act()
        POSTMAN.submit(lambda: None).result()
        return mail.outbox[before:]

    return posted


def test_it_is_ann_who_has_it_and_managers_and_the_safeguarding_lead_see_it(world: World) -> None:
    referral = started(world)
    sees = {name for name, person in world.people.items() if referral in Referral.objects.visible_to(person)}
    assert sees == {"ann", "hana", "fay"}


def test_only_a_coordinator_or_a_manager_starts_one_and_only_for_a_secure_address(world: World) -> None:
    for person in (world.ben, world.esi, world.fay, world.gil):
        with pytest.raises(PermissionDenied):
            start_referral(
                area=world.core_member.area,
                coordinator=world.ann,
                referrer_name="Nia",
                referrer_agency="Probation",
                referrer_mail="nia@justice.gov.uk",
                by=person,
                at=world.now,
            )
    with pytest.raises(Refused, match="not on the list of secure ones") as refused:
        start_referral(
            area=world.core_member.area,
            coordinator=world.ann,
            referrer_name="Nia",
            referrer_agency="Probation",
            referrer_mail="nia@example.org",
            by=world.ann,
            at=world.now,
        )
    assert refused.value.field == "referrer_mail"


def test_what_is_answered_is_kept_and_a_later_page_leaves_it_alone(world: World) -> None:
    referral = started(world)
    save_section(referral, section="person", answers={"sex": "male", "age_band": ""}, by=world.ann, at=world.now)
    save_section(referral, section="person", answers={"age_band": "25_to_39"}, by=world.ann, at=world.now)
    assert SectionAnswers.objects.get(referral=referral).answers == {"sex": "male", "age_band": "25_to_39"}


@pytest.mark.parametrize("wrong", [{"sex": "neither"}, {"his_name": "Paul Harmer"}, {"religion": "x" * 201}])
def test_an_answer_that_is_none_is_refused(world: World, wrong: dict[str, str]) -> None:
    with pytest.raises(Refused):
        save_section(started(world), section="person", answers=wrong, by=world.ann, at=world.now)


def test_it_is_sent_when_what_is_needed_is_answered_and_two_clocks_start(world: World) -> None:
    with pytest.raises(Refused, match="About him: Age, Sex"):
        submit_referral(started(world), by=world.ann, at=world.now)
    referral = submitted(world)
    worktime = service_worktime()
    assert referral.acknowledge_by == worktime.add(world.now, 2 * WORKING_DAY)
    assert referral.answer_by == worktime.add(world.now, 10 * WORKING_DAY)
    assert referral.due_at == referral.acknowledge_by


def test_without_a_sharing_agreement_only_a_manager_sends_it_or_asks_for_it(world: World) -> None:
    referral = filled(world)
    SharingAgreement.objects.update(review_on=world.now.date() - DAY)
    for act in (submit_referral, send_referrer_link):
        with pytest.raises(Refused, match="No sharing agreement is in force for Cambridgeshire"):
            act(referral, by=world.ann, at=world.now)
    assert submit_referral(referral, by=world.hana, at=world.now).status == "submitted"


def test_the_ten_days_stand_still_while_the_referrer_is_asked(world: World) -> None:
    referral = waiting(world)
    before = referral.answer_by
    assert before is not None
    back = receive_information(referral, by=world.ann, at=world.now + 7 * DAY)
    assert back.answer_by == service_worktime().add(world.now + 7 * DAY, service_worktime().between(world.now, before))


def test_the_referrer_fills_it_in_through_a_link_of_which_only_a_hash_is_kept(world: World, letters: Letters) -> None:
    referral = filled(world)
    [letter] = letters(lambda: send_referrer_link(referral, by=world.ann, at=world.now))
    link = ReferrerLink.objects.get(referral=referral)
    token = re.findall(r"/refer/([\w-]+)/", str(letter.body))[0]
    assert letter.to == ["nia.corbett@justice.gov.uk"]
    assert referral.reference not in f"{letter.subject} {letter.body}"
    assert token != link.token_hash
    assert find_link(token, at=world.now) == link
    assert find_link(token, at=world.now + 14 * DAY) is None
    save_section_by_link(link, section="needs", answers={"leisure": "Bikes."}, at=world.now)
    sent = send_form_by_link(link, at=world.now)
    assert sent.status == Referral.Status.SUBMITTED
    assert find_link(token, at=world.now) is None
    with pytest.raises(Refused, match="This link was used"):
        save_section_by_link(link, section="needs", answers={"leisure": "More."}, at=world.now)
    assert Alert.objects.filter(recipient=world.ann, link=referral.get_absolute_url()).exists()


def test_another_address_of_the_referrer_is_secure_too_and_ends_the_link_to_the_first(world: World) -> None:
    referral = started(world)
    send_referrer_link(referral, by=world.ann, at=world.now)
    said: dict[str, Any] = {"area": referral.area, "referrer_name": "Nia", "referrer_agency": "Probation"}
    with pytest.raises(Refused, match="not on the list of secure ones"):
        change_referrer(referral, referrer_mail="nia@example.org", by=world.ann, at=world.now, **said)
    assert ReferrerLink.objects.open(world.now).exists()
    change_referrer(referral, referrer_mail="nia@gov.uk", by=world.ann, at=world.now, **said)
    assert not ReferrerLink.objects.open(world.now).exists()


def test_a_newer_link_ends_the_one_before(world: World) -> None:
    referral = started(world)
    first = send_referrer_link(referral, by=world.ann, at=world.now)
    send_referrer_link(referral, by=world.ann, at=world.now + DAY)
    assert list(ReferrerLink.objects.open(world.now + DAY)) != [first]
    assert ReferrerLink.objects.open(world.now + DAY).count() == 1


def test_a_link_sent_after_the_form_only_reads_how_it_stands(world: World) -> None:
    referral = in_screening(world)
    link = ReferrerLink.objects.get(referral=referral, ended_at=None)
    assert link.purpose == "read"
    with pytest.raises(Refused, match="This link was used"):
        save_section_by_link(link, section="needs", answers={"leisure": "Bikes."}, at=world.now)


@pytest.mark.parametrize("form", [AskForm, DeclineForm])
def test_what_the_referrer_will_read_is_read_over_first_and_nothing_typed_is_lost(form: type[Form]) -> None:
    typed = {"asked_for": "Is he in prison?", "reason": "risk", "advice": "Write in a year.", "why": "Violent."}
    asked = form(typed)
    assert list(asked.errors) == ["read_over"]
    assert "Write in a year." in str(asked) or "Is he in prison?" in str(asked)
    taken = form({**typed, "read_over": "on"})
    assert taken.is_valid()
    assert "read_over" not in taken.cleaned_data


def test_it_is_declined_for_a_reason_and_the_mail_says_neither_it_nor_the_advice(
    world: World, letters: Letters
) -> None:
    referral = in_screening(world)
    said = {"reason": "risk", "why": "Violent to staff.", "by": world.ann, "at": world.now}
    with pytest.raises(Refused, match="Write what the referrer is told") as refused:
        decline_referral(referral, advice=" ", **said)  # type: ignore[arg-type]
    assert refused.value.field == "advice"
    neutral: dict[str, Any] = said | {"advice": "Write again in a year."}
    [letter] = letters(lambda: decline_referral(referral, **neutral))
    assert letter.subject == "You have something to read"
    assert "year" not in str(letter.body)
    referral.refresh_from_db()
    words = " ".join(status_for_referrer(referral))
    assert "We cannot keep volunteers safe in this case. Write again in a year." in words
    assert "Violent" not in words


def test_for_sixty_days_without_a_word_it_lapses_and_ann_is_told(world: World) -> None:
    referral, other = waiting(world), submitted(world)
    assert lapse_referrals(at=world.now + 59 * DAY) == 0
    assert lapse_referrals(at=world.now + 60 * DAY) == 1
    referral.refresh_from_db()
    other.refresh_from_db()
    assert (referral.status, other.status) == ("lapsed", "submitted")
    assert Alert.objects.filter(recipient=world.ann, key__startswith=f"{referral.reference}:lapsed").exists()
    assert lapse_referrals(at=world.now + 61 * DAY) == 0


def test_it_is_withdrawn_by_somebody_with_what_they_said(world: World) -> None:
    referral = submitted(world)
    with pytest.raises(Refused, match="Write what they said"):
        withdraw_referral(referral, withdrawn_by="core_member", why=" ", by=world.ann, at=world.now)
    gone = withdraw_referral(referral, withdrawn_by="core_member", why="No.", by=world.ann, at=world.now)
    assert gone.events.latest("pk").detail == "No."
    with pytest.raises(MoveNotAllowed):
        acknowledge_referral(gone, by=world.ann, at=world.now)


def test_a_paper_was_had_on_a_day_or_there_is_none(world: World) -> None:
    referral = started(world)
    for wrong in ({"has_none": True, "had_on": world.now.date()}, {}):
        with pytest.raises(Refused, match="Write the day on which it came"):
            note_document(referral, kind="oasys", by=world.ann, at=world.now, **wrong)  # type: ignore[arg-type]
    note_document(referral, kind="oasys", has_none=True, by=world.ann, at=world.now)
    note_document(referral, kind="oasys", had_on=world.now.date(), by=world.ann, at=world.now)
    assert referral.documents.get().had_on == world.now.date()


def test_neither_ben_nor_esi_nor_another_coordinator_works_it(world: World) -> None:
    referral = submitted(world)
    for person in (world.ben, world.esi, world.pat, world.gil, world.jo):
        with pytest.raises(PermissionDenied):
            acknowledge_referral(referral, by=person, at=world.now)
        with pytest.raises(PermissionDenied):
            save_section(referral, section="needs", answers={"leisure": "Bikes."}, by=person, at=world.now)
        with pytest.raises(PermissionDenied):
            send_referrer_link(referral, by=person, at=world.now)


def test_pat_is_given_it_and_told_and_ann_sees_it_no_more(world: World) -> None:
    referral = hand_referral_to(started(world), coordinator=world.pat, by=world.ann, at=world.now)
    assert not Referral.objects.visible_to(world.ann).exists()
    assert Alert.objects.filter(recipient=world.pat, link=referral.get_absolute_url()).exists()
    assert Entry.objects.filter(reference=referral.reference, act="granted", recipient=world.pat.reference).exists()


def test_before_ann_stops_it_is_said_how_many_are_open_with_her(world: World) -> None:
    started(world)
    declined(world)
    assert "Has 1 open referral." in [work.words for work in open_work_of(world.ann, reader=world.gil, at=world.now)]


def test_a_manager_has_what_ann_had_open_when_her_account_ends(world: World) -> None:
    open_one, over = started(world), declined(world)
    end_account(world.ann, by=world.hana, at=world.now)
    open_one.refresh_from_db()
    over.refresh_from_db()
    assert (open_one.coordinator, over.coordinator) == (world.hana, world.ann)
