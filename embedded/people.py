"""A believable service, built only with operations, from a fixed seed."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from uuid import UUID

from django.contrib.auth.models import Group

from accounts.access import Role
from accounts.models import Area, User
from circles.circle.models import Circle
from circles.life.opening_operations import open_circle
from circles.log.operations import Answers, save_attendance, save_minutes, submit_minutes
from circles.meeting.models import Attendance, Meeting
from circles.membership.operations import add_volunteer
from circles.minutes.beginning_operations import start_log, take_minutes
from circles.minutes.models import Minutes
from circles.minutes.operations import approve_minutes
from circles.schedule.operations import plan_meetings
from concerns.queue.operations import grant_queue, make_queue
from concerns.rota.operations import agree_to_shift, plan_shift
from core.worktime import LONDON
from embedded.answers import ordinary_answers
from embedded.between import between_meetings, curfew
from embedded.cast import (
    CIRCLES,
    LIAISONS,
    PROTECTS,
    RESTRICTIONS,
    RISKS,
    STAFF,
    TALKED,
    VOLUNTEERS,
    WEEKS,
    WHY_EARLY,
    WHY_LATE,
    Part,
    Ring,
)
from embedded.engine import load_engine
from embedded.goals import load_goals, open_goals, paper_evening, tap_evening
from embedded.intake import load_intake
from embedded.joining import join_agencies, join_first_manager, join_service, settle_past
from embedded.life import load_life
from embedded.minutes import load_minutes
from embedded.patterns import load_patterns
from embedded.queue import load_queue_work
from embedded.registers import load_registers
from embedded.reviews import load_reviews
from embedded.risk import load_instrument_file, load_risk_reviews
from embedded.scenarios import load_scenarios
from embedded.schedule import evening_of, load_schedule
from embedded.stories import all_agree, load_leave, load_licence, load_shared, well_evening
from embedded.worries import load_worries
from offenders.core_member.operations import accept_core_member
from offenders.restriction.operations import add_restriction
from volunteers.volunteer.models import Volunteer
from volunteers.volunteer.operations import approve_volunteer

SEED = 2417
TONIGHT_BEGAN = timedelta(minutes=100)
"""Tonight's meeting began this long before loading, so that its log is open whenever one looks."""


@dataclass
class Service:
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


def load_people(*, at: datetime) -> Service:
    """Load agencies, people, queues, seven circles with their history, and some concerns."""
    service = Service(at)
    load_everybody(service)
    load_queues(service)
    load_instrument_file(at=at - timedelta(days=410))
    for ring in CIRCLES:
        load_circle(service, ring)
    load_risk_reviews(service.circles, service.chance, at=at)
    load_minutes(service.circles)
    load_life(service.circles, service.people, at=at)
    load_licence(service.circles, at=at)
    load_shared(service.circles, at=at)
    load_leave(service.people, at=at)
    load_worries(service.circles, service.people, service.key, at=at)
    load_patterns(service.circles, service.people, service.key, at=at)
    load_schedule(service.circles, service.people, at=at)
    load_reviews(service.circles, service.people, at=at)
    load_engine(service.people, at=at)
    load_scenarios(service.circles, service.people, service.key, at=at)
    load_intake(service.circles, service.people, service.key, at=at)
    load_queue_work(service.circles, service.people, at=at)
    load_registers(service.circles, service.people, at=at)
    return service


def load_everybody(service: Service) -> None:
    began = service.at - timedelta(days=420)
    areas = {area.code: area for area in Area.objects.all()}
    first = next(part for part in STAFF if part.role == Role.MANAGER)
    hana = service.people[first.name] = join_first_manager(first, at=began)
    agencies = join_agencies(by=hana, at=began)
    volunteers = [Part(name, role=Role.VOLUNTEER, does="Volunteers in a circle") for name in VOLUNTEERS]
    for part in [*STAFF, *LIAISONS, *volunteers]:
        if part != first:
            joined = join_service(part, agencies[part.agency], areas[part.area], by=hana, at=began)
            service.people[part.name] = joined
    for name in VOLUNTEERS:
        approve_volunteer(service.people[name], by=hana, at=began)


def load_queues(service: Service) -> None:
    """Three areas' queues, each granted to its team; and tonight's on-call shift."""
    hana = service.people["Hana Reid"]
    for code in ("cambridgeshire", "norfolk", "suffolk"):
        area = Area.objects.get(code=code)
        boss = service.people["Oswin Hale"] if code == "cambridgeshire" else None
        queue = make_queue(area, team_manager=boss, by=hana, at=service.at)
        team = Group.objects.create(name=f"{area.name} public protection")
        for part in LIAISONS:
            if part.team == team.name:
                service.people[part.name].groups.add(team)
        grant_queue(queue, team=team, by=hana, at=service.at)
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


def meeting_moment(service: Service, number: int) -> datetime:
    """When a circle meets: the first tonight, the others on other days of the week."""
    tonight = (service.at - TONIGHT_BEGAN).astimezone(LONDON)
    moment = tonight.replace(minute=0 if tonight.minute < 30 else 30, second=0, microsecond=0)
    return moment - timedelta(days=number % 7)


def first_manager(service: Service) -> User:
    """Whoever began the service, and takes over circles that meet already."""
    return service.people[next(part.name for part in STAFF if part.role == Role.MANAGER)]


def load_circle(service: Service, ring: Ring) -> None:
    number = CIRCLES.index(ring)
    coordinator = service.people[ring.coordinator]
    last = meeting_moment(service, 0 if ring.meets_tonight else number)
    began = last - timedelta(weeks=ring.weeks)
    accepted = accept_core_member(
        category=ring.category,
        level=ring.level,
        lead_agency=ring.lead_agency,
        coordinator=coordinator,
        area=Area.objects.get(code=ring.area),
        practitioner=service.people[ring.practitioner],
        by=coordinator,
        at=began - timedelta(days=30),
        reference=ring.core_member,
    )
    for source, words in RESTRICTIONS[: 2 + number % 2]:
        add_restriction(
            accepted,
            source=source,
            plain_words=words,
            starts_on=began.date() - timedelta(days=200),
            by=coordinator,
            at=began - timedelta(days=29),
        )
    circle = open_circle(
        accepted,
        known_as=ring.known_as,
        coordinator=coordinator,
        weekday=last.weekday(),
        meets_at=time(last.hour, last.minute),
        place_code=ring.place,
        started_on=began.date(),
        planned_end_on=began.date() + timedelta(days=365),
        by=first_manager(service),
        at=began - timedelta(hours=6),
        reference=ring.reference,
    )
    service.circles[ring.reference] = circle
    curfew(circle, began=began.date(), by=coordinator, at=began - timedelta(hours=5))
    for name in VOLUNTEERS[number * 4 : number * 4 + 4]:
        volunteer = Volunteer.objects.get(user=service.people[name])
        add_volunteer(circle, volunteer=volunteer, by=coordinator, at=began - timedelta(hours=5))
    open_goals(circle, by=coordinator, now=service.at)
    load_meetings(service, circle, coordinator, last)
    load_goals(circle, by=coordinator, at=service.at)


def load_meetings(service: Service, circle: Circle, coordinator: User, last: datetime) -> None:
    """Every past week's minutes written and approved; the latest is still to write."""
    moment = circle.meetings.order_by("planned_at").values_list("planned_at", flat=True)[0]
    while moment < last:
        plan_meetings(circle, at=moment)
        meeting = circle.meetings.get(planned_at=moment)
        write_minutes(service, meeting, coordinator)
        moment = moment.astimezone(LONDON) + timedelta(days=7)
    plan_meetings(circle, at=service.at)
    latest = circle.meetings.get(planned_at=last)
    first = circle.memberships.order_by("pk")[0].volunteer
    take_minutes(latest, volunteer=first, by=coordinator, at=service.at)


def how_they_came(chance: random.Random, *, him: bool) -> Attendance.Came:
    if him:
        return chance.choices(list(Attendance.Came), weights=[14, 2, 1, 1])[0]
    return chance.choices(list(Attendance.OF_VOLUNTEERS), weights=[12, 2, 1])[0]


def how_late(chance: random.Random, his: Attendance.Came) -> Answers:
    """How late he was and why, or why he left early."""
    if his == Attendance.Came.LATE:
        return {"his_minutes_late": chance.choice([5, 10, 15, 25]), "his_coming_words": chance.choice(WHY_LATE)}
    return {"his_coming_words": WHY_EARLY} if his == Attendance.Came.LEFT else {}


def write_minutes(service: Service, meeting: Meeting, coordinator: User) -> None:
    """An ordinary evening, written by whoever's turn it was."""
    taker = meeting.minute_taker or meeting.circle.memberships.all()[0].volunteer
    writer, chance = taker.user, service.chance
    at = meeting.planned_at + timedelta(hours=2 + chance.random() * 20)
    at, late_reason = paper_evening(meeting, at)
    at, well = well_evening(meeting, at)
    start_log(meeting, by=writer, at=at)
    meeting.refresh_from_db()
    his = Attendance.Came.CAME
    present = [None, *[membership.volunteer for membership in meeting.circle.memberships.all()]]
    for who in present:
        came = how_they_came(chance, him=who is None)
        came = Attendance.Came.CAME if who == taker or well else came
        his = came if who is None else his
        save_attendance(meeting, volunteer=who, came=came, by=writer, at=at)
    save_minutes(
        meeting,
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
            **how_late(chance, his),
            **evening_of(meeting),
            **well,
            "next_plan": "Same time, same place.",
            "debrief": "A good evening. We felt like a team.",
        },
        by=writer,
        at=at,
    )
    tap_evening(meeting, by=writer, at=at)
    between_meetings(meeting, by=writer, at=at)
    submit_minutes(meeting, by=writer, at=at + timedelta(minutes=3), late_reason=late_reason)
    if well:
        all_agree(meeting, at=at)
    approve_minutes(meeting, by=coordinator, at=at + timedelta(hours=15))
    settle_past(f"{meeting.reference}:", at=at + timedelta(hours=15))
