"""The strands of a core member's timeline: which lines each has, and how a line reads."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db.models import F, TextField, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils.module_loading import import_string

from core.timeline import LineWords, Strand, TimelineLine, lines_of
from offenders.consent.models import Consent
from offenders.contact.models import Contact
from offenders.core_member.change_models import ManagementChange
from offenders.core_member.models import CoreMember
from offenders.identity.models import Identity
from offenders.mappa.action_models import MappaAction
from offenders.overview.timeline import Lines, RecordReader
from offenders.referral.models import Referral, ReferralEvent
from offenders.restriction.models import Restriction, RestrictionAddendum
from offenders.restriction.timeline import restriction_lines_of, say_restriction_line
from offenders.risk.models import Band, RiskAssessment, RiskNote

TEXT = TextField()


def referral_lines(reader: RecordReader) -> Lines:
    events = ReferralEvent.objects.visible_to(reader.user).filter(referral__core_member=reader.core_member)
    who, opens = "by__first_name", "referral__reference"
    return [lines_of(events, at="at", step=F("to_status"), title="what", words="detail", who=who, opens=opens)]


def say_referral(line: TimelineLine, reader: RecordReader) -> LineWords:
    """A move names the new state. Any other line has its own sentence."""
    what = f"Referral: {Referral.Status(line.step).label.lower()}" if line.step else line.title
    return LineWords(what, line.words, reverse("offenders:referral", args=[line.opens]))


def record_lines(reader: RecordReader) -> Lines:
    """How his record began, and who he is: when it was written down, and when it was erased."""
    record = CoreMember.objects.visible_to(reader.user).filter(pk=reader.core_member.pk)
    identity = Identity.objects.visible_to(reader.user).filter(core_member=reader.core_member)
    return [
        lines_of(record, at="added_at", step="accepted", who="added_by__first_name"),
        lines_of(identity, at="written_at", step="named", who="written_by__first_name"),
        lines_of(identity, at="erased_at", step="erased", who="erased_by__first_name"),
    ]


RECORD_WORDS = {
    "accepted": "He was accepted as a core member",
    "named": "It was written down who he is",
    "erased": "His name was erased for ever",
}


def say_record(line: TimelineLine, reader: RecordReader) -> LineWords:
    return LineWords(RECORD_WORDS[line.step])


def mappa_lines(reader: RecordReader) -> Lines:
    """Each change of how he is managed with what follows from it, and what MAPPA asked of us."""
    changes, actions = reader.his(ManagementChange.objects), reader.his(MappaAction.objects)
    what = Concat("became", Value(", before that "), "was", Value(". "), "why", output_field=TEXT)
    since = Cast("changed_on", TEXT)
    return [
        lines_of(changes, at="noted_at", step=F("kind"), words=what, who="noted_by__first_name", title=since),
        lines_of(changes, at="answered_at", step="answered", words="answer", who="answered_by__first_name"),
        lines_of(actions, at="added_at", step="asked", words="words", who="added_by__first_name"),
        lines_of(actions, at="done_at", step="done", words="outcome", who="done_by__first_name"),
    ]


MAPPA_WORDS = {
    "answered": "It was said what follows from a change for the circle",
    "asked": "MAPPA asked us to do something",
    "done": "What MAPPA asked of us was done",
}


def say_mappa(line: TimelineLine, reader: RecordReader) -> LineWords:
    url = reader.page("offenders:mappa")
    if line.step in MAPPA_WORDS:
        return LineWords(MAPPA_WORDS[line.step], line.words, url)
    since = date.fromisoformat(line.title)
    what = f"{ManagementChange.Kind(line.step).label} changed, from {since:%-d %B %Y} on"
    return LineWords(what, line.words.strip(), url, marked=True)


def restriction_lines(reader: RecordReader) -> Lines:
    """Restrictions, what was put right in one, and the last time they were read over."""
    restrictions = reader.his(Restriction.objects)
    addenda = RestrictionAddendum.objects.visible_to(reader.user).filter(restriction__core_member=reader.core_member)
    record = CoreMember.objects.visible_to(reader.user).filter(pk=reader.core_member.pk)
    return [
        *restriction_lines_of(restrictions),
        lines_of(addenda, at="added_at", step="put_right", words="words", who="added_by__first_name"),
        lines_of(record, at="restrictions_verified_at", step="read", who="restrictions_verified_by__first_name"),
    ]


RESTRICTION_WORDS = {
    "put_right": "A restriction was put right",
    "read": "His restrictions were last read over with whoever manages him",
}


def say_restriction(line: TimelineLine, reader: RecordReader) -> LineWords:
    url = reader.page("offenders:restrictions")
    if line.step in RESTRICTION_WORDS:
        return LineWords(RESTRICTION_WORDS[line.step], line.words, url)
    return say_restriction_line(line, url)


def risk_lines(reader: RecordReader) -> Lines:
    """Assessments, those withdrawn, and that something was written under a heading, but not its words."""
    results, notes = reader.his(RiskAssessment.objects), reader.his(RiskNote.objects)
    return [
        lines_of(results, at="added_at", step="added", number="band", words="tool", who="added_by__first_name"),
        lines_of(
            results,
            at="withdrawn_at",
            step="withdrawn",
            title="tool",
            words="withdrawn_because",
            who="withdrawn_by__first_name",
        ),
        lines_of(notes, at="written_at", step="note", title="heading", who="written_by__first_name"),
    ]


def say_risk(line: TimelineLine, reader: RecordReader) -> LineWords:
    url = reader.page("offenders:risk")
    if line.step == "note":
        return LineWords(f"Something was written about: {RiskNote.Heading(line.title).label.lower()}", "", url)
    if line.step == "withdrawn":
        tool = RiskAssessment.Tool(line.title).label
        return LineWords(f"An assessment was withdrawn: {tool}", line.words, url)
    tool, band = RiskAssessment.Tool(line.words).label, Band(line.number)
    return LineWords(f"Risk assessed: {band.label.lower()}", tool, url, marked=band >= Band.HIGH)


def consent_lines(reader: RecordReader) -> Lines:
    consents = reader.his(Consent.objects)
    return [
        lines_of(consents, at="recorded_at", step="given", number="text__version", who="recorded_by__first_name"),
        lines_of(
            consents,
            at="withdrawn_at",
            step="withdrawn",
            number="text__version",
            words="withdrawn_words",
            who="withdrawn_by__first_name",
        ),
    ]


def say_consent(line: TimelineLine, reader: RecordReader) -> LineWords:
    url = reader.page("offenders:consent")
    if line.step == "withdrawn":
        return LineWords(f"He withdrew his consent to text {line.number}", line.words, url, marked=True)
    return LineWords(f"He agreed to text {line.number}", "", url)


def contact_lines(reader: RecordReader) -> Lines:
    """Whom to ring: each who was named, when their number was last rung, and when they ended."""
    contacts, words = reader.his(Contact.objects), Concat("name", Value(", "), "role", output_field=TEXT)
    return [
        lines_of(contacts, at="added_at", step="named", words=words, who="added_by__first_name"),
        lines_of(contacts, at="verified_on", step="rung", words=words, who="verified_by__first_name", by_day=True),
        lines_of(contacts, at="ended_at", step="ended", words=words, who="ended_by__first_name"),
    ]


CONTACT_WORDS = {
    "named": "Somebody to ring was named",
    "rung": "A number was rung and holds",
    "ended": "Somebody is no longer to be rung",
}


def say_contact(line: TimelineLine, reader: RecordReader) -> LineWords:
    words = CONTACT_WORDS[line.step]
    return LineWords(words, line.words, reader.page("offenders:contacts"), timed=line.step != "rung")


STRANDS: tuple[Strand[RecordReader], ...] = (
    Strand("referral", "Referral", referral_lines, say_referral),
    Strand("record", "The record itself", record_lines, say_record),
    Strand("mappa", "MAPPA and who leads", mappa_lines, say_mappa),
    Strand("restriction", "Restrictions", restriction_lines, say_restriction),
    Strand("risk", "Risk", risk_lines, say_risk),
    Strand("consent", "Consent", consent_lines, say_consent),
    Strand("contact", "Professionals", contact_lines, say_contact),
)
"""A room adds its line here. An app above names its strands in the setting RECORD_STRANDS."""


def all_strands() -> list[Strand[RecordReader]]:
    """The strands of the rooms, and after them those of the apps above."""
    return [*STRANDS, *(import_string(name) for name in settings.RECORD_STRANDS)]
