"""Loads the whole invented service, only by operations. A fixed seed makes it the same every time."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from uuid import UUID

from accounts.access import Role
from accounts.models import Area, User
from accounts.operations import choose_areas, join_team, make_team
from circles.circle.models import Circle
from circles.life.opening_operations import open_circle
from circles.log.operations import Answers, submit_minutes
from circles.meeting.models import Attendance, Meeting
from circles.membership.operations import add_volunteer
from circles.minutes.beginning_operations import start_log, take_minutes
from circles.minutes.models import Minutes
from circles.minutes.operations import approve_minutes
from circles.schedule.operations import plan_meetings
from concerns.queue.operations import grant_queue, make_queue, name_team_manager
from concerns.rota.operations import agree_to_shift, plan_shift
from core.worktime import LONDON
from embedded.alerts import settle_past_alerts
from embedded.answers import ordinary_answers
from embedded.concerns import load_concerns
from embedded.contacts import add_past_curfew, load_week_before
from embedded.demo_data import (
    CIRCLES,
    LIAISONS,
    PROTECTS,
    RESTRICTIONS,
    RISKS,
    STAFF,
    TALKED,
    TEAM_MANAGERS,
    VOLUNTEERS,
    WEEKS,
    WHY_EARLY,
    WHY_LATE,
    InventedCircle,
    InventedPerson,
)
from embedded.engine import load_engine
from embedded.evening import write_evening
from embedded.goals import load_goals, open_goals, tap_goals, time_and_late_reason_of
from embedded.identities import write_invented_identity
from embedded.intake import load_intake
from embedded.invitations import join_agencies, join_first_manager, join_service
from embedded.life import load_life
from embedded.minutes import load_minutes
from embedded.patterns import load_patterns
from embedded.queue import load_queue_work
from embedded.referrals import load_referrals
from embedded.registers import load_registers
from embedded.reviews import load_reviews
from embedded.risk import load_instrument_file, load_risk_reviews
from embedded.scenarios import load_scenarios
from embedded.schedule import evening_of, load_schedule
from embedded.stories import agree_with_minutes, load_leave, load_licence, load_minutes_share, time_and_answers_of
from offenders.core_member.operations import accept_core_member
from offenders.restriction.operations import add_restriction
from volunteers.volunteer.models import Volunteer
from volunteers.volunteer.operations import approve_volunteer

SEED = 2417
TONIGHT_BEGAN = timedelta(minutes=100)
"""Tonight's meeting began this long before the demo was loaded, so that its log can be written at once."""


@dataclass
class DemoService:
    """The service while it is being loaded."""

    at: datetime
    chance: random.Random = field(default_factory=lambda: random.Random(SEED))
    people: dict[str, User] = field(default_factory=dict)
    circles: dict[str, Circle] = field(default_factory=dict)

    def key(self) -> UUID:
        """A form's key, the same every time the service is loaded."""
        return UUID(int=self.chance.getrandbits(128), version=4)


def is_loaded() -> bool:
    return Circle.objects.filter(reference=CIRCLES[0].reference).exists()


def load_service(*, at: datetime) -> DemoService:
    """Load agencies, people, queues, seven circles with their history, and some concerns."""
    service = DemoService(at)
    _load_everybody(service)
    _load_queues(service)
    load_instrument_file(at=at - timedelta(days=410))
    for invented in CIRCLES:
        _load_circle(service, invented)
    load_risk_reviews(service.circles, service.chance, at=at)
    load_minutes(service.circles)
    load_life(service.circles, service.people, at=at)
    load_licence(service.circles, at=at)
    load_minutes_share(service.circles, at=at)
    load_leave(service.people, at=at)
    load_concerns(service.circles, service.people, service.key, at=at)
    load_patterns(service.circles, service.people, service.key, at=at)
    load_schedule(service.circles, service.people, at=at)
    load_reviews(service.circles, service.people, at=at)
    load_engine(service.people, at=at)
    load_scenarios(service.circles, service.people, service.key, at=at)
    load_intake(service.circles, service.people, service.key, at=at)
    load_queue_work(service.circles, service.people, at=at)
    load_registers(service.circles, service.people, at=at)
    load_referrals(service.people, at=at)
    return service


def _load_everybody(service: DemoService) -> None:
    began = service.at - timedelta(days=420)
    areas = {area.code: area for area in Area.objects.all()}
    first = next(person for person in STAFF if person.role == Role.MANAGER)
    hana = service.people[first.name] = join_first_manager(first, at=began)
    agencies = join_agencies(by=hana, at=began)
    volunteers = [InventedPerson(name, role=Role.VOLUNTEER, does="Volunteers in a circle") for name in VOLUNTEERS]
    for person in [*STAFF, *LIAISONS, *volunteers]:
        if person != first:
            joined = join_service(person, agencies[person.agency], areas[person.area], by=hana, at=began)
            service.people[person.name] = joined
    day = began.date()
    checks = {"checked_until": day + timedelta(days=3 * 365), "trained_on": day, "agreed_on": day}
    for name in VOLUNTEERS:
        approve_volunteer(service.people[name], by=hana, at=began, **checks)


def _load_queues(service: DemoService) -> None:
    """Three areas' queues, each granted to its team; and tonight's on-call shift."""
    hana, began = service.people["Hana Reid"], service.at - timedelta(days=420)
    choose_areas(Area.objects.filter(code__in=TEAM_MANAGERS), by=hana, at=began)
    for code in TEAM_MANAGERS:
        area = Area.objects.get(code=code)
        queue = make_queue(area, by=hana, at=began)
        team = make_team(name=f"{area.name} public protection", by=hana, at=began)
        for person in LIAISONS:
            if person.team == team.name:
                join_team(service.people[person.name], team=team, by=hana, at=began)
        grant_queue(queue, team=team, by=hana, at=began)
        name_team_manager(queue, team_manager=service.people[TEAM_MANAGERS[code]], by=hana, at=began)
        settle_past_alerts(f"{queue.reference}:", at=began)
    settle_past_alerts("account:", at=began)
    fay = service.people["Fay Osborne"]
    shift = plan_shift(
        fay,
        telephone="01632 960 123",
        starts_at=service.at - timedelta(days=1),
        ends_at=service.at + timedelta(days=29),
        by=hana,
        at=service.at,
    )
    agree_to_shift(shift, by=fay, at=service.at)


def _meeting_time_of(service: DemoService, number: int) -> datetime:
    """When the latest meeting of the circle with this number began: of the first tonight, of others some days ago."""
    tonight = (service.at - TONIGHT_BEGAN).astimezone(LONDON)
    moment = tonight.replace(minute=0 if tonight.minute < 30 else 30, second=0, microsecond=0)
    return moment - timedelta(days=number % 7)


def _first_manager_of(service: DemoService) -> User:
    """The manager who was the first to join, and who takes over circles that meet already."""
    return service.people[next(person.name for person in STAFF if person.role == Role.MANAGER)]


def _load_circle(service: DemoService, invented: InventedCircle) -> None:
    number = CIRCLES.index(invented)
    coordinator = service.people[invented.coordinator]
    last = _meeting_time_of(service, 0 if invented.meets_tonight else number)
    began = last - timedelta(weeks=invented.weeks)
    accepted = accept_core_member(
        category=invented.category,
        level=invented.level,
        lead_agency=invented.lead_agency,
        coordinator=coordinator,
        area=Area.objects.get(code=invented.area),
        practitioner=service.people[invented.practitioner],
        by=coordinator,
        at=began - timedelta(days=30),
        reference=invented.core_member,
    )
    write_invented_identity(accepted, by=coordinator, at=began - timedelta(days=30))
    for source, category, words in RESTRICTIONS[: 2 + number % 2]:
        add_restriction(
            accepted,
            source=source,
            category=category,
            plain_words=words,
            starts_on=began.date() - timedelta(days=200),
            by=coordinator,
            at=began - timedelta(days=29),
        )
    circle = open_circle(
        accepted,
        known_as=invented.known_as,
        coordinator=coordinator,
        weekday=last.weekday(),
        meets_at=time(last.hour, last.minute),
        place_code=invented.place,
        started_on=began.date(),
        planned_end_on=began.date() + timedelta(days=365),
        by=_first_manager_of(service),
        at=began - timedelta(hours=6),
        reference=invented.reference,
    )
    service.circles[invented.reference] = circle
    add_past_curfew(circle, began=began.date(), by=coordinator, at=began - timedelta(hours=5))
    for name in VOLUNTEERS[number * 4 : number * 4 + 4]:
        volunteer = Volunteer.objects.get(user=service.people[name])
        add_volunteer(circle, volunteer=volunteer, by=coordinator, at=began - timedelta(hours=5))
    open_goals(circle, by=coordinator, now=service.at)
    _load_meetings(service, circle, coordinator, last)
    load_goals(circle, by=coordinator, at=service.at)


def _load_meetings(service: DemoService, circle: Circle, coordinator: User, last: datetime) -> None:
    """Write and approve the minutes of every past week. Those of the latest meeting are still to write."""
    moment = circle.meetings.order_by("planned_at").values_list("planned_at", flat=True)[0]
    while moment < last:
        plan_meetings(circle, at=moment)
        meeting = circle.meetings.get(planned_at=moment)
        _write_minutes(service, meeting, coordinator)
        moment = moment.astimezone(LONDON) + timedelta(days=7)
    plan_meetings(circle, at=service.at)
    latest = circle.meetings.get(planned_at=last)
    first = circle.memberships.order_by("pk")[0].volunteer
    take_minutes(latest, volunteer=first, by=coordinator, at=service.at)


def _random_attendance(chance: random.Random, *, him: bool) -> Attendance.Came:
    if him:
        return chance.choices(list(Attendance.Came), weights=[14, 2, 1, 1])[0]
    return chance.choices(list(Attendance.OF_VOLUNTEERS), weights=[12, 2, 1])[0]


def _lateness_answers(chance: random.Random, his: Attendance.Came) -> Answers:
    """The answers to how late he was and why, or why he left early. None if he was on time and stayed."""
    if his == Attendance.Came.LATE:
        return {"his_minutes_late": chance.choice([5, 10, 15, 25]), "his_coming_words": chance.choice(WHY_LATE)}
    return {"his_coming_words": WHY_EARLY} if his == Attendance.Came.LEFT else {}


def _write_minutes(service: DemoService, meeting: Meeting, coordinator: User) -> None:
    """Write, send and approve one ordinary evening's minutes; the writer is whoever's turn it was."""
    taker = meeting.minute_taker or meeting.circle.memberships.all()[0].volunteer
    writer, chance = taker.user, service.chance
    at = meeting.planned_at + timedelta(hours=2 + chance.random() * 20)
    at, late_reason = time_and_late_reason_of(meeting, at)
    at, good_evening = time_and_answers_of(meeting, at)
    start_log(meeting, by=writer, at=at)
    meeting.refresh_from_db()
    came: dict[Volunteer | None, Attendance.Came] = {}
    for who in [None, *[membership.volunteer for membership in meeting.circle.memberships.all()]]:
        how = _random_attendance(chance, him=who is None)
        came[who] = Attendance.Came.CAME if who == taker or good_evening else how
    write_evening(
        meeting,
        came=came,
        answers={
            **ordinary_answers(),
            "mode": Minutes.Mode.PRISON if late_reason else Minutes.Mode.IN_PERSON,
            "mood": chance.choice(["2", "3", "4", "4", "5"]),
            "his_week": chance.choice(WEEKS),
            "talked_about": chance.choice(TALKED),
            "risk_seen": chance.choice(RISKS),
            "risk_basis": Minutes.Basis.SAID,
            "protective_seen": chance.choice(PROTECTS),
            "licence": chance.choice(["none", "discussed"]),
            "wellbeing": chance.choice(["none", "none", "low_mood"]),
            "contact": "no",
            **_lateness_answers(chance, came[None]),
            **evening_of(meeting),
            **good_evening,
            "next_plan": "Same time, same place.",
            "debrief": "A good evening. We felt like a team.",
        },
        by=writer,
        at=at,
    )
    tap_goals(meeting, by=writer, at=at)
    load_week_before(meeting, by=writer, at=at)
    submit_minutes(meeting, by=writer, at=at + timedelta(minutes=3), late_reason=late_reason)
    if good_evening:
        agree_with_minutes(meeting, at=at)
    approve_minutes(meeting, by=coordinator, at=at + timedelta(hours=15))
    settle_past_alerts(f"{meeting.reference}:", at=at + timedelta(hours=15))
