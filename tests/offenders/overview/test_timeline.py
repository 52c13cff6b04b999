"""The timeline of a core member's record: what happened, newest first, and only what the reader may see."""

from __future__ import annotations

from datetime import timedelta

from core.timeline import TimelineEntry, entries_of, timeline_rows_of
from offenders.consent.models import ConsentText
from offenders.consent.operations import record_consent, withdraw_consent
from offenders.contact.models import Contact
from offenders.contact.operations import end_contact, verify_contact
from offenders.core_member.models import CoreMember
from offenders.mappa.action_operations import add_mappa_action, finish_mappa_action
from offenders.mappa.operations import answer_change, change_mappa
from offenders.overview.strands import all_strands
from offenders.overview.timeline import RecordReader
from offenders.referral.models import Referral
from offenders.restriction.operations import end_restriction, put_restriction_right, verify_restrictions
from offenders.risk.operations import add_risk_assessment, withdraw_risk_assessment, write_risk_note
from tests.offenders.identity.identities import sealed_identity
from tests.offenders.overview.rows import restrict_twice
from tests.offenders.referral import referrals
from tests.offenders.rows import contact_address
from tests.world import World

DAY = timedelta(days=1)


def entries_read_by(world: World, name: str, *kinds: str) -> list[TimelineEntry]:
    """Paul's timeline as this person reads it, whole, or only these kinds."""
    reader = RecordReader(world.people[name], world.core_member, at=world.now + timedelta(minutes=1))
    strands = [strand for strand in all_strands() if not kinds or strand.name in kinds]
    return entries_of(timeline_rows_of(reader, strands), reader, strands)


def sentences_for(world: World, *kinds: str) -> list[str]:
    return [f"{entry.words.what}. {entry.words.more}".strip() for entry in entries_read_by(world, "ann", *kinds)]


def live(world: World) -> None:
    """One of everything happens to Paul's record."""
    his, by = world.core_member, {"by": world.ann, "at": world.now}
    today = world.now.date()
    change_mappa(his, category=1, level=2, changed_on=today, why="The meeting decided it.", **by)
    answer_change(his.management_changes.get(), answer="The volunteers are told on Tuesday.", **by)
    action = add_mappa_action(his, words="Ask the volunteers to ring.", due_on=today + 9 * DAY, **by)
    finish_mappa_action(action, outcome="They ring.", **by)
    restrict_twice(world)
    restriction = his.restrictions.order_by("-pk")[0]
    put_restriction_right(restriction, words="The library in Ely only.", **by)
    end_restriction(restriction, ends_on=today, why="The order was changed.", **by)
    verify_restrictions(his, **by)
    assessed = {"tool": "arms", "assessed_on": today - DAY, "assessor": "Esi Okafor", "review_on": today + 90 * DAY}
    assessment = add_risk_assessment(his, band=3, **assessed, **by)
    withdraw_risk_assessment(assessment, reason="Another man.", **by)
    write_risk_note(his, heading="needs", words="A place of his own.", **by)
    text = ConsentText.objects.latest("version")
    record_consent(his, version=text.version, given_on=today, how="signed", helped_by="", **by)
    withdraw_consent(his, withdrawn_on=today, words="I have had enough.", **by)
    contact_address(world)
    contact = Contact.objects.get()
    verify_contact(contact, **by)
    end_contact(contact, **by)
    sealed_identity(world)
    Referral.objects.filter(pk=referrals.deferred(world).pk).update(
        status="accepted", core_member=his, deferred_until=None, ended_at=world.now
    )


def test_every_kind_is_told_and_the_newest_stands_first(world: World) -> None:
    live(world)
    entries = entries_read_by(world, "ann")
    assert {entry.kind for entry in entries} == {strand.label for strand in all_strands()}
    moments = [entry.at for entry in entries]
    assert moments == sorted(moments, reverse=True)


def test_each_thing_that_happened_to_his_record_has_its_line(world: World) -> None:
    live(world)
    for kind, lines in {
        "mappa": ["What MAPPA asked of us was done. They ring.", "MAPPA asked us to do something. Ask the volunteers"],
        "restriction": ["A restriction was put right. The library in Ely only.", "A restriction ended. No libraries."],
        "risk": ["Risk assessed: high. ARMS", "An assessment was withdrawn: ARMS. Another man."],
        "consent": ["He withdrew his consent to text 1. I have had enough.", "He agreed to text 1."],
        "contact": ["Somebody to ring was named. Sgt Esi Okafor, Case officer", "Somebody is no longer to be rung."],
        "record": ["It was written down who he is.", "He was accepted as a core member."],
        "referral": ["Referral: being screened.", "Referral: deferred."],
        "circle": ["Circle C-0142 was opened for him."],
    }.items():
        shown = sentences_for(world, kind)
        for line in lines:
            assert any(words.startswith(line) for words in shown), (line, shown)
    assert "A place of his own." not in " ".join(sentences_for(world, "risk"))


def test_whoever_may_not_see_a_record_reads_no_line_of_it(world: World) -> None:
    """Pat runs neither Paul's record nor his circle. Ann has his record, and his circle for a while no longer."""
    live(world)
    assert entries_read_by(world, "pat") == []
    assert entries_read_by(world, "ben") == entries_read_by(world, "ben", "circle")
    world.core_member.circles.update(coordinator=world.pat)
    assert entries_read_by(world, "ann", "circle") == []
    assert entries_read_by(world, "hana", "circle") != []


def test_the_pages_of_a_timeline_follow_each_other_without_a_gap(world: World) -> None:
    """All of it happened in one moment, and still each line is on one page."""
    live(world)
    CoreMember.objects.filter(pk=world.core_member.pk).update(added_at=world.now)
    reader = RecordReader(world.ann, world.core_member, at=world.now + timedelta(minutes=1))
    rows = timeline_rows_of(reader, all_strands())
    whole = list(rows)
    assert rows.count() == len(whole) > 20
    assert [row for start in range(0, len(whole), 5) for row in rows.all()[start : start + 5]] == whole
