"""Needs: what must be set up before the first circle may meet, and before the first concern can travel.

A need has a sentence, who can close it on which page, and a function that says what is lacking. The set-up page lists
all of them. The lacks of those that are watched may break a promise: such a lack turns the status red as soon as it is so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from concerns.readiness import concern_lacks, meeting_lacks
from concerns.readiness.facts import ServiceFacts
from concerns.readiness.lacks import Lack

A_MANAGER = "A manager can do this."


@dataclass(frozen=True)
class Need:
    """One thing that must be so. Whoever `who` says can close it, on `page`. `is_watched`: its lacks may break a promise.

    `after` names the need that comes first: until that is closed, nothing can be said of this one.
    """

    name: str
    sentence: str
    who: str
    page: str
    lacks: Callable[[ServiceFacts], list[Lack]]
    is_watched: bool = False
    after: str = ""


BEFORE_MEETING = (
    Need("areas", "The areas you work in are chosen.", A_MANAGER, "accounts:areas", meeting_lacks.lacks_of_areas),
    Need(
        "agencies",
        "Your charity and the agencies you work with are added.",
        A_MANAGER,
        "accounts:agencies",
        meeting_lacks.lacks_of_agencies,
    ),
    Need(
        "coordinators", "A coordinator has joined.", A_MANAGER, "accounts:invite", meeting_lacks.lacks_of_coordinators
    ),
    Need(
        "programmes",
        "The programmes say what a circle needs.",
        A_MANAGER,
        "circles:programmes",
        meeting_lacks.lacks_of_programmes,
    ),
    Need(
        "texts",
        "The circles’ agreement is published.",
        A_MANAGER,
        "circles:publish_agreement",
        meeting_lacks.lacks_of_texts,
    ),
    Need(
        "sharing",
        "An agreement to share information is in force in every area.",
        A_MANAGER,
        "circles:sharing",
        meeting_lacks.lacks_of_sharing,
    ),
    Need(
        "venues",
        "There is a place to meet, with a risk assessment.",
        "A coordinator adds and assesses places.",
        "circles:venues",
        meeting_lacks.lacks_of_venues,
    ),
    Need(
        "volunteers",
        "There are volunteers who may be placed.",
        "A coordinator or a manager approves them once they have joined, and writes down their checks and training.",
        "volunteers:volunteers",
        meeting_lacks.lacks_of_volunteers,
    ),
    Need(
        "core members",
        "A core member is accepted.",
        "A coordinator or a manager can do this.",
        "offenders:core_members",
        meeting_lacks.lacks_of_core_members,
    ),
    Need(
        "circles",
        "A circle is proposed. Its own page then says what it needs.",
        "A coordinator or a manager can do this.",
        "circles:propose",
        meeting_lacks.lacks_of_circles,
    ),
)
"""Before the first circle may meet, in the order in which one usually closes them."""

BEFORE_CONCERN = (
    Need(
        "queues",
        "Every area has a queue.",
        A_MANAGER,
        "concerns:set_up_queues",
        concern_lacks.lacks_of_queues,
        is_watched=True,
    ),
    Need(
        "workers",
        "Two people at least can be reached in every queue.",
        "A manager invites them, puts them into a team and gives the queue to it. Each adds their own second factor.",
        "accounts:teams",
        concern_lacks.lacks_of_workers,
        is_watched=True,
        after="queues",
    ),
    Need(
        "concerns",
        "Every concern that cannot wait is in a queue.",
        "Whoever handles the concern moves it to the area’s queue, from its own page.",
        "concerns:all",
        concern_lacks.lacks_of_concerns,
        is_watched=True,
        after="queues",
    ),
    Need(
        "practitioners",
        "Every named practitioner works their area’s queue.",
        "A manager puts them into a team that works it, or the coordinator names somebody else.",
        "accounts:teams",
        concern_lacks.lacks_of_practitioners,
        is_watched=True,
        after="workers",
    ),
    Need(
        "team managers",
        "Every queue has a team manager.",
        A_MANAGER,
        "concerns:set_up_queues",
        concern_lacks.lacks_of_team_managers,
        is_watched=True,
        after="workers",
    ),
    Need(
        "MAPPA coordinators",
        "Every queue has a MAPPA coordinator.",
        "A manager invites them and puts them into a team that works the queue.",
        "concerns:set_up_queues",
        concern_lacks.lacks_of_mappa_coordinators,
        is_watched=True,
        after="workers",
    ),
    Need(
        "coordinators reached",
        "The coordinator of every circle can be reached.",
        "A manager puts their address right, or hands the circle to another.",
        "accounts:people",
        concern_lacks.lacks_of_circles_coordinators,
        is_watched=True,
        after="circles",
    ),
    Need(
        "leads",
        "A manager and a safeguarding lead can be reached.",
        A_MANAGER,
        "accounts:invite",
        concern_lacks.lacks_of_leads,
        is_watched=True,
    ),
    Need(
        "directors",
        "A director can be reached.",
        A_MANAGER,
        "accounts:invite",
        concern_lacks.lacks_of_directors,
        is_watched=True,
    ),
    Need(
        "ladder",
        "The ladder can be climbed.",
        "Two of the managers, safeguarding leads and directors change it.",
        "concerns:ladder",
        concern_lacks.lacks_of_ladder,
        is_watched=True,
    ),
    Need(
        "routing",
        "Routing rules are in force.",
        "Two of the managers and safeguarding leads change them.",
        "concerns:routing",
        concern_lacks.lacks_of_routing,
    ),
    Need("rota", "Somebody is on call.", A_MANAGER, "concerns:rota", concern_lacks.lacks_of_rota),
    Need(
        "names",
        "It is written down, and sealed, who each core member is.",
        "The core member’s coordinator, a manager or a safeguarding lead writes it, on his page.",
        "offenders:core_members",
        concern_lacks.lacks_of_names,
        after="core members",
    ),
    Need(
        "domains",
        "The domains where e-mail is secure are listed.",
        A_MANAGER,
        "offenders:secure_domains",
        concern_lacks.lacks_of_domains,
    ),
    Need(
        "rehearsals",
        "Every queue has been rehearsed.",
        A_MANAGER,
        "concerns:drills",
        concern_lacks.lacks_of_rehearsals,
        after="workers",
    ),
)
"""Before the first concern can travel."""


@dataclass(frozen=True)
class NeedState:
    """What one need lacks now."""

    need: Need
    lacks: list[Lack]
    is_later: bool = False
    """Nothing is lacking yet, only because what comes first is still open."""

    @property
    def is_open(self) -> bool:
        return bool(self.lacks)


def states_of_needs(needs: Iterable[Need], facts: ServiceFacts) -> list[NeedState]:
    """The state of every need: open, closed or for later."""
    states, unsettled = [], set()
    for need in needs:
        lacks = need.lacks(facts)
        state = NeedState(need, lacks, is_later=not lacks and need.after in unsettled)
        if state.is_open or state.is_later:
            unsettled.add(need.name)
        states.append(state)
    return states


def broken_promises(facts: ServiceFacts) -> list[Lack]:
    """Every lack that breaks a promise now, for the status, the watcher and the managers' lists."""
    watched = [need for need in BEFORE_CONCERN if need.is_watched]
    return [lack for need in watched for lack in need.lacks(facts) if lack.breaks]
