"""Scenario: the people of one story, when it begins, and how they raise a concern and tell an agency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from accounts.models import User
from circles.circle.models import Circle
from concerns.choices import Basis, Kind, Level
from concerns.concern.models import Concern
from concerns.raising.operations import raise_concern
from concerns.share.choices import Condition, Gateway, LawfulBasis, Method, Told
from concerns.share.models import Share
from concerns.share.operations import approve_share, propose_share, send_share
from concerns.share.recipient import OtherRecipient
from core.names import is_same_name
from core.worktime import LONDON
from offenders.contact.models import Contact

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class Scenario:
    """The circle and the people of one story, and when it begins."""

    circle: Circle
    volunteer: User
    coordinator: User
    officer: User
    lead: User
    manager: User
    key: UUID
    at: datetime

    def raise_concern(self, level: Level, kind: Kind, words: str, *, about: User | None = None) -> Concern:
        return raise_concern(
            self.circle,
            submit_key=self.key,
            level=level,
            kind=kind,
            basis=Basis.CM_SAID,
            words=words,
            about=about,
            by=self.volunteer,
            at=self.at,
        )

    def tell_agency(
        self, concern: Concern, who: tuple[str, str, str], gateway: Gateway, text: str, *, at: datetime
    ) -> Share:
        """Tell an agency by telephone. The safeguarding lead reads the text first, unless the level is Immediate."""
        name, post, agency = who
        contacts = Contact.objects.current().filter(core_member=concern.circle.core_member_id)
        contact = next((contact for contact in contacts if is_same_name(contact.name, name)), None)
        unverified = contact is not None and not contact.may_be_told_on(at.astimezone(LONDON).date())
        share = propose_share(
            concern,
            contact=contact,
            to_desk=unverified,
            other_recipient=OtherRecipient(name=name, role=post, agency=agency),
            method=Method.TELEPHONE,
            text=text,
            purpose="So that they can act on it today.",
            gateway=gateway,
            basis=LawfulBasis.LEGITIMATE_INTERESTS,
            condition=Condition.SAFEGUARDING,
            necessity="A name is left out where it is not needed; less would not let them act.",
            told_core_member=Told.NO,
            told_why="It could put somebody at risk.",
            by=self.coordinator,
            at=at,
        )
        if share.status == Share.Status.PROPOSED:
            share = approve_share(share, by=self.lead, at=at + 2 * MINUTE)
        return send_share(share, by=self.coordinator, at=at + 5 * MINUTE)
