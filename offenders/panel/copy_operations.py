"""Copies what the agency said in the referral into the record of the man it became, so that nobody types it twice.

Whatever is copied is marked as told by the referrer. What cannot be copied is named, and stays in the referral.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from accounts.models import Agency, User
from core.names import is_same_name
from core.telephones import stored_number_of
from core.worktime import LONDON
from offenders.contact.operations import add_contact
from offenders.core_member.models import CoreMember
from offenders.mappa.action_operations import plan_mappa_meeting
from offenders.referral.answer_models import SectionAnswers
from offenders.referral.answers import Answers
from offenders.referral.models import Referral
from offenders.referral.questions import Question
from offenders.referral.risk_questions import NEEDS, TREATMENT
from offenders.referral.sections import PROFESSIONALS
from offenders.restriction.models import DISTRICT, Restriction
from offenders.restriction.operations import add_restriction
from offenders.risk.models import Band, RiskAssessment, RiskNote
from offenders.risk.operations import add_risk_assessment, write_risk_note
from offenders.secure_domain.models import SecureDomain

REVIEWED_WITHIN = timedelta(days=365)
"""An assessment that the referrer told of is reviewed within a year of its day: the form does not ask by when."""

Source, Topic, Tool = Restriction.Source, Restriction.Category, RiskAssessment.Tool

TOOLS = {
    "oasys_rosh": Tool.OASYS,
    "osp_dc": Tool.OSP_DC,
    "osp_iic": Tool.OSP_IIC,
    "rm2000": Tool.RM2000,
    "arms": Tool.ARMS,
    "sara": Tool.SARA,
    "assetplus": Tool.ASSET_PLUS,
    "stable_acute": Tool.STABLE_ACUTE,
}
BANDS = {"low": Band.LOW, "medium": Band.MEDIUM, "high": Band.HIGH, "very_high": Band.VERY_HIGH}

AGENCY_OF = {
    "probation_practitioner": Agency.Kind.PROBATION,
    "probation_manager": Agency.Kind.PROBATION,
    "police_offender_manager": Agency.Kind.POLICE,
    "police_sergeant": Agency.Kind.POLICE,
    "police_unit_mailbox": Agency.Kind.POLICE,
    "prison_offender_manager": Agency.Kind.PRISON,
    "mental_health_worker": Agency.Kind.MENTAL_HEALTH,
}
"""The kind of agency where somebody of this kind works, where the referral names none that we know."""


NOTES = (
    (RiskNote.Heading.NEEDS, NEEDS, tuple(NEEDS.by_name)),
    (RiskNote.Heading.TREATMENT, TREATMENT, ("programmes", "programmes_more")),
    (RiskNote.Heading.WARNING_SIGNS, TREATMENT, ("triggers", "warning_signs")),
    (RiskNote.Heading.RELAPSE_PLAN, TREATMENT, ("plan",)),
)
"""Which answers stand under each heading of what is known of his risk."""


@dataclass(frozen=True)
class ToldRestriction:
    """A restriction as the form tells it. Without `exact_words` the plain words are ours, and volunteers may read them."""

    source: str
    plain_words: str
    exact_words: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    avoids_district: str = ""
    category: str = ""


def copy_to_record(
    referral: Referral, core_member: CoreMember, *, agency: Agency | None, by: User, at: datetime
) -> list[str]:
    """Copy restrictions, professionals, risk and the next MAPPA meeting. Answers with what could not be copied."""
    said: dict[str, list[Answers]] = {}
    for row in SectionAnswers.objects.filter(referral=referral).order_by("number"):
        said.setdefault(row.section, []).append(row.answers)
    left: list[str] = []
    for restriction in _restrictions_in(next(iter(said.get("status", [])), {})):
        left += _copy_restriction(restriction, core_member, by=by, at=at)
    for answers in said.get("professionals", []):
        left += _copy_professional(answers, core_member, agency, by=by, at=at)
    for answers in said.get("tools", []):
        left += _copy_assessment(answers, core_member, by=by, at=at)
    for heading, section, names in NOTES:
        answers = next(iter(said.get(section.name, [])), {})
        lines = [_line_of(section.by_name[name], answers) for name in names if answers.get(name)]
        if lines:
            words = "\n".join(["As the referrer told it.", *lines])
            write_risk_note(core_member, heading=heading, words=words, by=by, at=at)
    meets_on = _day(next(iter(said.get("mappa", [])), {}), "next_meeting")
    if meets_on is not None and meets_on >= at.astimezone(LONDON).date():
        plan_mappa_meeting(core_member, meets_on=meets_on, by=by, at=at)
    return left


def _line_of(question: Question, answers: Answers) -> str:
    return f"{question.label}: {question.words_of(answers[question.name])}"


def _day(answers: Answers, name: str) -> date | None:
    return date.fromisoformat(answers[name]) if answers.get(name) else None


def _restrictions_in(status: Answers) -> Iterator[ToldRestriction]:
    """What the section about sentence and conditions says that he must or must not do."""
    of_order = Source.LICENCE if status.get("order") == "licence" else Source.OTHER
    days: dict[str, Any] = {"starts_on": _day(status, "order_from"), "ends_on": _day(status, "order_until")}
    if status.get("shpo") == "yes":
        yield _in_their_words(Source.SHPO, status.get("prohibitions") or "An order, whose words are not here yet.")
    for name in ("licence_conditions", "no_contact"):
        if status.get(name):
            before = "No contact with: " if name == "no_contact" else ""
            category = Topic.CONTACT if name == "no_contact" else ""
            yield _in_their_words(of_order, f"{before}{status[name]}", category=category, **days)
    yield from exclusion_zones_in(of_order, status.get("exclusion_zones", ""), days)
    if status.get("registered") in {"until_a_day", "indefinite"}:
        yield ToldRestriction(
            Source.NOTIFICATION,
            "He is on the register: he tells police at once when he moves, travels or stays with a child.",
            category=Topic.REPORTING,
            starts_on=_day(status, "registered_from"),
            ends_on=_day(status, "registered_until"),
        )
    for name, words in (("monitoring", "He wears an electronic tag."), ("polygraph", "He takes polygraph tests.")):
        if status.get(name) == "yes":
            yield ToldRestriction(of_order, words, category=Topic.MONITORING, **days)


def _in_their_words(source: str, words: str, **more: Any) -> ToldRestriction:
    """A restriction in the words of the referrer, which are no words for volunteers yet."""
    plain = words if len(words) <= 300 else f"{words[:299]}…"
    return ToldRestriction(source, plain, words, **more)


def exclusion_zones_in(source: str, words: str, days: Mapping[str, Any]) -> Iterator[ToldRestriction]:
    """One for each postcode district that the words name, so that meeting places are checked; or one for the words."""
    districts = [word for word in re.findall(r"[A-Z0-9]+", words.upper()) if DISTRICT.fullmatch(word)]
    for district in dict.fromkeys(districts or [""] * bool(words)):
        yield _in_their_words(source, f"Keep out of: {words}", category=Topic.PLACES, avoids_district=district, **days)


def _copy_restriction(told: ToldRestriction, core_member: CoreMember, *, by: User, at: datetime) -> list[str]:
    """Write one down. Without a first day it holds from today; what is over already is left."""
    today = at.astimezone(LONDON).date()
    if told.ends_on is not None and told.ends_on <= max(today, told.starts_on or today):
        return [f"“{told.plain_words[:60]}”: it ended on {told.ends_on:%-d %B %Y}"]
    add_restriction(
        core_member,
        source=told.source,
        category=told.category,
        plain_words=told.plain_words,
        exact_words=told.exact_words,
        kept_from_volunteers=bool(told.exact_words),
        avoids_district=told.avoids_district,
        starts_on=told.starts_on or today,
        ends_on=told.ends_on,
        told_by_referrer=True,
        by=by,
        at=at,
    )
    return []


def _copy_professional(
    answers: Answers, core_member: CoreMember, team: Agency | None, *, by: User, at: datetime
) -> list[str]:
    """Write one down as a contact that nobody has rung yet. Without an agency we know and a number there is none."""
    role = PROFESSIONALS.by_name["role"].words_of(answers.get("role"))
    name = answers.get("name") or role
    agency = _agency_of(answers, team)
    if agency is None:
        return [f"{name}: no agency that we know"]
    if stored_number_of(answers.get("telephone", "")) is None:
        return [f"{name}: no telephone number that can be dialled"]
    mail = answers.get("mail", "")
    add_contact(
        core_member,
        name=name[:120],
        role=role[:80],
        agency=agency,
        telephone=answers["telephone"],
        hours=answers.get("hours", "")[:120],
        secure_mail=mail if SecureDomain.objects.is_secure_address(mail) else "",
        told_by_referrer=True,
        by=by,
        at=at,
    )
    return []


def _agency_of(answers: Answers, team: Agency | None) -> Agency | None:
    """The agency of this name; or the team that manages him, or the only one we know, if it is of the right kind."""
    written = answers.get("agency", "")
    named = next((agency for agency in Agency.objects.all() if is_same_name(agency.name, written)), None)
    kind = AGENCY_OF.get(answers.get("role", ""))
    if named is not None or kind is None:
        return named
    if team is not None and team.kind == kind:
        return team
    known = list(Agency.objects.filter(kind=kind)[:2])
    return known[0] if len(known) == 1 else None


def _copy_assessment(answers: Answers, core_member: CoreMember, *, by: User, at: datetime) -> list[str]:
    """Write one result down, with the day on which it was assessed."""
    tool, band = TOOLS.get(answers.get("tool", "")), BANDS.get(answers.get("result", ""))
    assessed_on = _day(answers, "assessed_on")
    today = at.astimezone(LONDON).date()
    if tool is None or band is None or assessed_on is None or assessed_on > today:
        name = tool.label if tool else "Another tool"
        return [f"{name}: it has no result or no day, or is a tool that the record does not know"]
    add_risk_assessment(
        core_member,
        tool=tool,
        band=band,
        assessed_on=assessed_on,
        assessor=answers.get("assessor", "")[:120] or "Not said by the referrer",
        review_on=assessed_on + REVIEWED_WITHIN,
        told_by_referrer=True,
        by=by,
        at=at,
    )
    return []
