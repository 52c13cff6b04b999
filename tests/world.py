"""The world of the tests: a dozen named people, two circles, two queues.

Ann coordinates the Ely circle. Ben, Tom, Uma and Vic belong to it, and Ben takes tonight's minutes;
Cas belonged until last month. Their core member is called Paul there; to everyone else he is
EE-2417-K. Dev volunteers in Wisbech, which Pat coordinates. Hana manages, Fay leads safeguarding, Kit
is the director, Jo leads data protection, and Gil is a technician and a superuser who must see no case.
At the agencies Esi, a police officer, works the Cambridgeshire queue and is Paul's named practitioner;
Oz is her manager, Ivor the MAPPA coordinator. Lou works the Norfolk queue. Max is a liaison whose team
was given no queue. All who work at the agencies have a second factor, without which no queue counts on them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property

from django.contrib.auth.models import Group

from accounts.access import Role
from accounts.models import Agency, Area, User
from circles.circle.models import Circle, Membership
from circles.life.opening_operations import open_circle
from circles.meeting.models import Meeting
from circles.membership.operations import add_volunteer, end_membership
from circles.schedule.operations import plan_next_meetings
from circles.venue.models import Venue
from concerns.queue.models import Queue
from concerns.queue.operations import grant_queue, make_queue
from core.references import unused_reference
from core.worktime import LONDON
from offenders.core_member.models import CoreMember
from offenders.core_member.operations import accept_core_member
from offenders.restriction.operations import add_restriction
from tests.accounts.signing import give_app
from volunteers.volunteer.models import Volunteer
from volunteers.volunteer.operations import approve_volunteer

STAFF = {
    "ann": ("Ann Farrowby", Role.COORDINATOR),
    "pat": ("Pat Lowe", Role.COORDINATOR),
    "hana": ("Hana Reid", Role.MANAGER),
    "fay": ("Fay Osborne", Role.SAFEGUARDING_LEAD),
    "kit": ("Kit Marlow", Role.DIRECTOR),
    "jo": ("Jo Penrose", Role.DATA_PROTECTION_LEAD),
    "gil": ("Gil Tranter", Role.TECHNICIAN),
}
VOLUNTEERS = {
    "ben": "Ben Ashby",
    "tom": "Tom Quayle",
    "uma": "Uma Desai",
    "vic": "Vic Orton",
    "cas": "Cas Merrow",
    "dev": "Dev Pillai",
}
AGENCY_PEOPLE = {
    "esi": ("Esi Okafor", Role.LIAISON),
    "oz": ("Oz Hale", Role.LIAISON),
    "ivor": ("Ivor Beck", Role.MAPPA_COORDINATOR),
    "lou": ("Lou Garner", Role.LIAISON),
    "max": ("Max Stone", Role.LIAISON),
}
TEAMS = {
    "Cambridgeshire public protection": ["esi", "oz", "ivor"],
    "Norfolk public protection": ["lou"],
    "Suffolk": ["max"],
}


@dataclass
class World:
    """The people by first name, and one record of each kind, read on demand.

    `now` is an hour after tonight's meeting began.
    """

    now: datetime
    people: dict[str, User] = field(default_factory=dict)

    @cached_property
    def ely(self) -> Circle:
        return Circle.objects.get(reference="C-0142")

    @cached_property
    def wisbech(self) -> Circle:
        return Circle.objects.get(reference="C-0098")

    @cached_property
    def core_member(self) -> CoreMember:
        return CoreMember.objects.get(reference="EE-2417-K")

    @cached_property
    def other_core_member(self) -> CoreMember:
        return CoreMember.objects.get(reference="EE-3091-T")

    @cached_property
    def queue(self) -> Queue:
        return Queue.objects.get(area__code="cambridgeshire")

    @cached_property
    def norfolk(self) -> Queue:
        return Queue.objects.get(area__code="norfolk")

    @cached_property
    def meeting(self) -> Meeting:
        return self.ely.meetings.order_by("planned_at")[0]

    def __getattr__(self, name: str) -> User:
        people = self.__dict__.get("people", {})
        if name in people:
            return people[name]
        raise AttributeError(name)


def build_world(now: datetime) -> World:
    """Make the world, by operations where there is one."""
    world = World(now)
    _make_people(world)
    _make_queues(world)
    _make_circles(world)
    return load_world(now)


def load_world(now: datetime) -> World:
    """Read the world again from the database."""
    return World(now, {person.email.split("@")[0]: person for person in User.objects.all()})


def _make_person(name: str, full_name: str, role: Role, agency: Agency, area: Area, at: datetime) -> User:
    """Make somebody who can sign in. No password is hashed, because that is slow."""
    made = User(
        reference=unused_reference(User, "U"),
        email=f"{name}@example.org",
        full_name=full_name,
        first_name=full_name.split()[0],
        agency=agency,
        area=area,
        joined_at=at,
    )
    made.set_unusable_password()
    made.save()
    made.groups.add(Group.objects.get(name=role.value))
    return made


def checks_from(at: datetime) -> dict[str, date]:
    """The days of a volunteer who was checked, trained and has signed on this day."""
    day = at.astimezone(LONDON).date()
    return {"checked_until": day + timedelta(days=3 * 365), "trained_on": day, "agreed_on": day}


def _make_people(world: World) -> None:
    cambridgeshire = Area.objects.get(code="cambridgeshire")
    charity = Agency.objects.create(reference=unused_reference(Agency, "A"), name="Fenland Circles", kind="provider")
    police = Agency.objects.create(reference=unused_reference(Agency, "A"), name="Cambridgeshire police", kind="police")
    long_ago = world.now - timedelta(days=400)
    for name, (full_name, role) in STAFF.items():
        world.people[name] = _make_person(name, full_name, role, charity, cambridgeshire, long_ago)
    for name, full_name in VOLUNTEERS.items():
        world.people[name] = _make_person(name, full_name, Role.VOLUNTEER, charity, cambridgeshire, long_ago)
    for name, (full_name, role) in AGENCY_PEOPLE.items():
        world.people[name] = _make_person(name, full_name, role, police, cambridgeshire, long_ago)
        give_app(world.people[name])
    gil = world.people["gil"]
    gil.is_superuser = True
    gil.save()
    for name in VOLUNTEERS:
        approve_volunteer(world.people[name], by=world.ann, at=long_ago, **checks_from(long_ago))


def _make_queues(world: World) -> None:
    for area, manager, teams in [
        ("cambridgeshire", world.oz, ["Cambridgeshire public protection"]),
        ("norfolk", None, ["Norfolk public protection"]),
    ]:
        queue = make_queue(Area.objects.get(code=area), by=world.hana, at=world.now)
        Queue.objects.filter(pk=queue.pk).update(team_manager=manager)
        for name in teams:
            team = Group.objects.create(name=name)
            grant_queue(queue, team=team, by=world.hana, at=world.now)
    Group.objects.create(name="Suffolk")
    for name, members in TEAMS.items():
        for member in members:
            world.people[member].groups.add(Group.objects.get(name=name))


def _make_circles(world: World) -> None:
    """Make the Ely circle, whose meeting began an hour ago, and the Wisbech circle, which Pat coordinates."""
    meets = (world.now - timedelta(hours=1)).astimezone(LONDON)
    began = world.now - timedelta(days=200)
    for reference, core_member, known_as, coordinator in [
        ("C-0142", "EE-2417-K", "Paul", world.ann),
        ("C-0098", "EE-3091-T", "Neil", world.pat),
    ]:
        accepted = accept_core_member(
            category=1,
            level=1,
            lead_agency="police",
            area=Area.objects.get(code="cambridgeshire"),
            coordinator=coordinator,
            practitioner=world.esi,
            by=coordinator,
            at=began,
            reference=core_member,
        )
        circle = open_circle(
            accepted,
            known_as=known_as,
            coordinator=coordinator,
            weekday=meets.weekday(),
            meets_at=time(meets.hour, meets.minute),
            place_code="ELM",
            started_on=meets.date(),
            planned_end_on=meets.date() + timedelta(days=300),
            by=world.hana,
            at=began,
            reference=reference,
        )
        add_restriction(
            accepted,
            source="shpo",
            plain_words="He must not be alone with anyone under 16.",
            starts_on=began.date(),
            by=coordinator,
            at=began,
        )
        _add_volunteers(world, circle, coordinator, began)
    _make_place(world)
    plan_next_meetings(at=world.now)


def _make_place(world: World) -> None:
    """Make the place where both circles meet. Its risk assessment holds for a long time."""
    Venue.objects.create(
        reference=unused_reference(Venue, "PL"),
        place_code="ELM",
        address="The Elms, Ely",
        district="CB7",
        assessed_on=(world.now - timedelta(days=300)).date(),
        assessed_until=(world.now + timedelta(days=1500)).date(),
        coordinator=world.hana,
        added_at=world.now - timedelta(days=300),
        added_by=world.hana,
    )


def _add_volunteers(world: World, circle: Circle, coordinator: User, began: datetime) -> None:
    """Add the volunteers of Ely, one of whom has left, or the one volunteer of Wisbech."""
    names = ["ben", "tom", "uma", "vic", "cas"] if circle.reference == "C-0142" else ["dev"]
    for name in names:
        volunteer = Volunteer.objects.get(user=world.people[name])
        add_volunteer(circle, volunteer=volunteer, by=coordinator, at=began)
    if circle.reference == "C-0142":
        gone = Membership.objects.get(circle=circle, volunteer__user=world.cas)
        end_membership(gone, by=coordinator, at=world.now - timedelta(days=30))
