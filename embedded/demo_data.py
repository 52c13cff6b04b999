"""The demo's invented people, circles and sentences, as data.

Nobody here is real. Look a name up before you add it. The demo, the tests and the pictures never use the name of a
person who is known from this field, from police or from probation.
"""

from __future__ import annotations

from dataclasses import dataclass

from accounts.access import Role


@dataclass(frozen=True)
class InventedPerson:
    """One invented person. `agency` and `teams` are names of the tables below."""

    name: str
    role: Role
    does: str
    agency: str = "Fenland Circles"
    area: str = "cambridgeshire"
    team: str = ""

    @property
    def email(self) -> str:
        return f"{self.name.lower().replace(' ', '.')}@example.org"


AGENCIES = {
    "Fenland Circles": "provider",
    "Cambridgeshire police": "police",
    "Norfolk police": "police",
    "Suffolk police": "police",
    "Probation, East of England": "probation",
}

STAFF = [
    InventedPerson("Alma Farrowby", Role.COORDINATOR, "Coordinates the Cambridgeshire circles"),
    InventedPerson("Priya Lowe", Role.COORDINATOR, "Coordinates the Norfolk circles", area="norfolk"),
    InventedPerson("Marcus Webb", Role.COORDINATOR, "Coordinates the Suffolk circles", area="suffolk"),
    InventedPerson("Hana Reid", Role.MANAGER, "Manages the coordinators"),
    InventedPerson("Fay Osborne", Role.SAFEGUARDING_LEAD, "Leads safeguarding for the charity"),
    InventedPerson("Kit Marlow", Role.DIRECTOR, "Directs the charity; told when nobody else answers"),
    InventedPerson("Jo Penrose", Role.DATA_PROTECTION_LEAD, "Reads the trail: who looked at what"),
    InventedPerson("Gil Tranter", Role.TECHNICIAN, "Keeps accounts and the machine; sees no case"),
]

LIAISONS = [
    InventedPerson(
        "Femi Okafor",
        Role.LIAISON,
        "Police sergeant; works the Cambridgeshire queue",
        "Cambridgeshire police",
        team="Cambridgeshire public protection",
    ),
    InventedPerson(
        "Leah Marsh",
        Role.LIAISON,
        "Police constable; works the Cambridgeshire queue",
        "Cambridgeshire police",
        team="Cambridgeshire public protection",
    ),
    InventedPerson(
        "Oswin Hale",
        Role.LIAISON,
        "Inspector; manages the Cambridgeshire team",
        "Cambridgeshire police",
        team="Cambridgeshire public protection",
    ),
    InventedPerson(
        "Ivor Beck",
        Role.MAPPA_COORDINATOR,
        "MAPPA coordinator for Cambridgeshire",
        "Probation, East of England",
        team="Cambridgeshire public protection",
    ),
    InventedPerson(
        "Lou Garner",
        Role.LIAISON,
        "Police sergeant; works the Norfolk queue",
        "Norfolk police",
        "norfolk",
        "Norfolk public protection",
    ),
    InventedPerson(
        "Mina Petrov",
        Role.MAPPA_COORDINATOR,
        "MAPPA coordinator for Norfolk",
        "Probation, East of England",
        "norfolk",
        "Norfolk public protection",
    ),
    InventedPerson(
        "Ralph Toomey",
        Role.LIAISON,
        "Police constable; works the Suffolk queue",
        "Suffolk police",
        "suffolk",
        "Suffolk public protection",
    ),
    InventedPerson(
        "Sunita Rao",
        Role.MAPPA_COORDINATOR,
        "MAPPA coordinator for Suffolk",
        "Probation, East of England",
        "suffolk",
        "Suffolk public protection",
    ),
]

TEAM_MANAGERS = {"cambridgeshire": "Oswin Hale", "norfolk": "Lou Garner", "suffolk": "Ralph Toomey"}
"""The areas of the demo, and who manages the team there."""

VOLUNTEERS = [
    "Ben Ashby",
    "Esther Cole",
    "Tom Quayle",
    "Uma Desai",
    "Dev Pillai",
    "Vic Orton",
    "Wanda Bell",
    "Yusuf Khan",
    "Zoe Harte",
    "Alun Price",
    "Bridie Nolan",
    "Colin Frost",
    "Dilys Vaughan",
    "Errol Grant",
    "Flora Maine",
    "Gwen Tully",
    "Harun Aziz",
    "Iris Fenn",
    "Jonah Clegg",
    "Kezia Boateng",
    "Lewis Thorne",
    "Maud Ellery",
    "Nadia Sharif",
    "Owen Pike",
    "Petra Lind",
    "Quentin Ames",
    "Rhoda Swift",
    "Stan Abbot",
]


@dataclass(frozen=True)
class InventedCircle:
    """One invented circle: its core member, its place and how long it has met."""

    reference: str
    core_member: str
    known_as: str
    coordinator: str
    area: str
    practitioner: str
    place: str
    weeks: int
    category: int = 1
    level: int = 1
    lead_agency: str = "police"
    meets_tonight: bool = False
    """Meets tonight, as the first circle does. The others met on the days before."""


CIRCLES = [
    InventedCircle("C-0142", "EE-2417-K", "Paul", "Alma Farrowby", "cambridgeshire", "Femi Okafor", "ELM", 43),
    InventedCircle("C-0117", "EE-3360-R", "Alan", "Alma Farrowby", "cambridgeshire", "Leah Marsh", "QUAY", 7, level=2),
    InventedCircle("C-0098", "EE-3091-T", "Neil", "Priya Lowe", "norfolk", "Lou Garner", "LARK", 8),
    InventedCircle(
        "C-0121", "EE-4407-D", "Roy", "Priya Lowe", "norfolk", "Lou Garner", "MILL", 5, lead_agency="probation"
    ),
    InventedCircle("C-0133", "EE-6673-H", "Graham", "Marcus Webb", "suffolk", "Ralph Toomey", "YEW", 6),
    InventedCircle("C-0136", "EE-7194-M", "Keith", "Marcus Webb", "suffolk", "Ralph Toomey", "FORD", 3),
    InventedCircle(
        "C-0150",
        "EE-5512-P",
        "Martin",
        "Alma Farrowby",
        "cambridgeshire",
        "Leah Marsh",
        "WEIR",
        5,
        lead_agency="probation",
        meets_tonight=True,
    ),
]

RESTRICTIONS = [
    ("shpo", "children", "He must not be alone with anyone under 16."),
    ("shpo", "internet", "He must tell police of any new device within 3 days. He may use the library computer."),
    ("licence", "home", "He must live at the address probation has agreed, and sleep there every night."),
]

WEEKS = [
    "Job centre on Tuesday; a shift at the warehouse may come up. Cooked for himself most nights. Rang his sister.",
    "Quiet week. Walked by the river, library twice. Money is tight until Friday. Slept badly on Sunday.",
    "Started the cycle-repair course and liked it. Saw his probation officer; nothing new. No trouble at home.",
    "Argued with a neighbour about bins and walked away from it. Pleased with himself for that. Has new glasses.",
    "Two days' gardening for the housing association. Tired and cheerful. Bought a second-hand radio.",
]
TALKED = [
    "Work, and what he says when people ask about the gap. We practised it.",
    "His relapse-prevention plan: what an empty weekend does, and whom he rings.",
    "The order and the library computer. He showed M his phone without being asked.",
    "Friendship: what an ordinary one looks like. He listened more than he talked.",
]
RISKS = [
    "None seen.",
    "None seen.",
    "None seen.",
    "Long empty weekends; he said so himself.",
    "A little sour about supervision.",
]
WHY_LATE = ["The bus did not come.", "He was kept at work, and rang.", "He said he had lost track of the time."]
WHY_EARLY = "He had to be back at the hostel by nine."
PROTECTS = [
    "The course.",
    "Rang his sister.",
    "Honest about the argument.",
    "Asked for help with a form.",
    "Came early.",
]
