"""Publish the text of the consent, record that a core member gave his consent, and record that he withdrew it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from audit.models import Act
from audit.trail import write_entry
from core.errors import Refused
from core.references import unused_reference
from core.worktime import LONDON
from offenders.consent.access import ConsentTextAccess
from offenders.consent.models import Consent, ConsentText
from offenders.core_member.access import CoreMemberAccess
from offenders.core_member.models import CoreMember
from offenders.core_member.operations import lock_core_member
from offenders.core_member.telling import tell_of_change

NOT_YET = "That day has not come yet. Write it down once it has."


@transaction.atomic
def publish_consent_text(*, words: str, easy_words: str, by: User, at: datetime) -> ConsentText:
    """Publish a new version, in force from today. Consents under earlier versions go on."""
    ConsentTextAccess(by).require(ConsentTextAccess.publish_consent_text)
    for field, written in (("words", words), ("easy_words", easy_words)):
        if not written.strip():
            raise Refused("Write the text.", field=field)
    newest = ConsentText.objects.aggregate(newest=Max("version"))["newest"] or 0
    text = ConsentText.objects.create(
        version=newest + 1,
        words=words.strip(),
        easy_words=easy_words.strip(),
        published_on=at.astimezone(LONDON).date(),
        published_by=by,
    )
    write_entry(Act.COLLECTED, text, by=by, at=at)
    return text


@transaction.atomic
def record_consent(
    core_member: CoreMember, *, version: int, given_on: date, how: str, helped_by: str = "", by: User, at: datetime
) -> Consent:
    """Record that he agreed to the text of this version, which must be the one in force."""
    core_member = lock_core_member(core_member)
    CoreMemberAccess(by, core_member).require(CoreMemberAccess.change)
    today = at.astimezone(LONDON).date()
    text = ConsentText.objects.in_force(today)
    if text is None:
        raise Refused("There is no text to agree to. Ask a manager to publish one.")
    if text.version != version:
        raise Refused("There is a newer text since you opened this page. Go through it with him first.")
    if given_on > today:
        raise Refused(NOT_YET, field="given_on")
    if core_member.consents.standing().filter(text=text).exists():
        raise Refused("He has agreed to this text already.")
    consent = Consent.objects.create(
        reference=unused_reference(Consent, "CO"),
        core_member=core_member,
        text=text,
        given_on=given_on,
        how=how,
        helped_by=helped_by.strip(),
        recorded_at=at,
        recorded_by=by,
    )
    write_entry(Act.COLLECTED, consent, by=by, at=at, note=f"consent text {text.version}")
    return consent


@transaction.atomic
def withdraw_consent(
    core_member: CoreMember, *, withdrawn_on: date, words: str, by: User, at: datetime
) -> list[Consent]:
    """Record that he takes part no longer. It ends his consent under every text, and tells whoever looks after him.

    What was shared stays shared, and what bears on safety is still passed on: neither rests on his consent.
    """
    core_member = lock_core_member(core_member)
    CoreMemberAccess(by, core_member).require(CoreMemberAccess.change)
    standing = list(core_member.consents.standing().select_for_update().order_by("pk"))
    if not standing:
        raise Refused("No consent of his stands, so there is none to withdraw.")
    if withdrawn_on > at.astimezone(LONDON).date():
        raise Refused(NOT_YET, field="withdrawn_on")
    if withdrawn_on < max(consent.given_on for consent in standing):
        raise Refused("That is before he gave it. Check the day.", field="withdrawn_on")
    for consent in standing:
        consent.withdrawn_on, consent.withdrawn_words = withdrawn_on, words.strip()
        consent.withdrawn_at, consent.withdrawn_by = at, by
        consent.save(update_fields=["withdrawn_on", "withdrawn_words", "withdrawn_at", "withdrawn_by"])
        write_entry(Act.ALTERED, consent, by=by, at=at, note="withdrawn")
    tell_of_change(core_member, "consent", by=by, at=at)
    return standing
