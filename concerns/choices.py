"""The fixed choices of a concern: level, kind, basis, side, audience and more (domain.md 3; escalation.md 3)."""

from __future__ import annotations

from django.db import models


class Level(models.TextChoices):
    """How soon somebody must act. It follows from the answers, not from anybody's opinion."""

    IMMEDIATE = "immediate", "Immediate"
    URGENT = "urgent", "Urgent"
    PRIORITY = "priority", "Priority"
    LOG = "log", "Log"

    @property
    def tells_agency_at_once(self) -> bool:
        """Immediate and Urgent go at once to the coordinator and to the area's queue."""
        return self in {Level.IMMEDIATE, Level.URGENT}

    @classmethod
    def at_once(cls) -> list[Level]:
        """The levels that go to the agencies at once. Their clocks run day and night, and somebody is on call."""
        return [level for level in cls if level.tells_agency_at_once]

    def sooner(self, other: str) -> Level:
        """The more urgent of this level and the other. This one if there is no other."""
        return min(self, Level(other), key=list(Level).index) if other else self


class Kind(models.TextChoices):
    """What the worry is about (domain.md 3.2)."""

    CHILD_CONTACT = "child_contact", "Contact with children"
    RELATIONSHIP = "relationship", "New relationship or household"
    PREOCCUPATION = "preoccupation", "Sexual preoccupation or pornography"
    OFFENCE = "offence", "Possible new offence"
    LICENCE = "licence", "Possible breach of licence"
    ORDER = "order", "Possible breach of an order"
    NOTIFICATION = "notification", "Address, travel, bank or device not told"
    DEVICE = "device", "Undeclared device or online account"
    EXCLUSION = "exclusion", "Victim or exclusion zone"
    GROOMING = "grooming", "Loitering or signs of grooming"
    THREATS = "threats", "Threats or violence"
    SUBSTANCE = "substance", "Drink or drugs again"
    SELF_HARM = "self_harm", "Suicide or self-harm"
    MOOD = "mood", "Severe fall in mood"
    LOSS = "loss", "Lost home, job or support"
    LOST_CONTACT = "lost_contact", "Missed meetings or lost contact"
    SECRECY = "secrecy", "Deceit or secrecy"
    GRIEVANCE = "grievance", "Hostile to supervision"
    ASSOCIATES = "associates", "Mixing with others who have offended"
    BOUNDARY = "boundary", "Boundaries with volunteers"
    THREAT_TO_HIM = "threat_to_him", "Threat to him"
    EXPOSURE = "exposure", "Neighbours or press"
    ABOUT_US = "about_us", "A volunteer or a member of staff"
    VENUE = "venue", "Safety of the place"
    DATA = "data", "Information that went astray"
    OTHER = "other", "Something else"


class Basis(models.TextChoices):
    """How the author knows it."""

    OBSERVED = "observed", "I saw or heard it myself"
    CM_SAID = "cm_said", "He said it"
    THIRD_PARTY = "third_party", "Somebody else told me"
    INFERRED = "inferred", "It is what I make of it"


class GoingOn(models.TextChoices):
    """Whether it has ended."""

    YES = "yes", "Yes"
    NO = "no", "No"
    UNSURE = "unsure", "I am not sure"


class AtRisk(models.TextChoices):
    """Whether somebody at risk could be found from what the author knows."""

    CHILD = "child", "Yes, a child"
    ADULT = "adult", "Yes, an adult"
    NO = "no", "No"
    UNSURE = "unsure", "I am not sure"


class Side(models.TextChoices):
    """Who is being chased: the charity's people or the agencies' (escalation.md 3)."""

    CHARITY = "charity", "Charity"
    AGENCY = "agency", "Agency"


class Audience(models.TextChoices):
    """The people a rung tells. Who they are is found when it fires."""

    COORDINATOR = "coordinator", "the coordinator"
    COORDINATOR_AGAIN = "coordinator_again", "the coordinator, again"
    MANAGER_AND_LEAD = "manager_and_lead", "the manager and the safeguarding lead"
    DIRECTOR = "director", "the director"
    PRACTITIONER = "practitioner", "the named practitioner"
    DUTY_DESK = "duty_desk", "the duty desk"
    TEAM_MANAGER = "team_manager", "the team manager"
    MAPPA_COORDINATOR = "mappa_coordinator", "the MAPPA coordinator"


class Outcome(models.TextChoices):
    """What came of it (domain.md 3.8)."""

    NO_ACTION = "no_action", "No further action"
    MONITORED = "monitored", "Watched more closely"
    DISCUSSED = "discussed", "Discussed with the core member"
    VISIT = "visit", "Home visit"
    LICENCE_WARNING = "licence_warning", "Licence warning"
    LICENCE_VARIED = "licence_varied", "Licence varied"
    RECALL = "recall", "Recall"
    ARRESTED = "arrested", "Arrested"
    CHARGED = "charged", "Charged"
    ORDER = "order", "Order varied, or breach proceedings"
    LEVEL_CHANGED = "level_changed", "MAPPA level changed"
    MASH = "mash", "Children's social care told"
    SAFETY_PLAN = "safety_plan", "Safety plan"
    NOT_TOLD = "not_told", "Not told to us"


class Feedback(models.TextChoices):
    """The safe sentences a volunteer may be told. None of them warns anybody (domain.md 3.9)."""

    PASSED_ON = (
        "passed_on",
        "It was passed on and somebody is dealing with it. Carry on as you are. Thank you for saying so.",
    )
    SPOKEN = (
        "spoken",
        "It was passed on and somebody has spoken with him. Carry on as you are. Thank you for saying so.",
    )
    DO_NOT_RAISE = (
        "do_not_raise",
        "It was passed on and is being looked into. Please do not raise it with him; "
        "if he brings it up, listen and tell us. Thank you for saying so.",
    )
    COORDINATOR_CALLS = (
        "coordinator_calls",
        "It was passed on. Your coordinator will call you before the next meeting. Thank you for saying so.",
    )
    NO_MORE = "no_more", "It was looked at and nothing more needs doing. You were right to say so. Thank you."
    CANNOT_SAY = (
        "cannot_say",
        "It was acted on. We cannot tell you more, and that is not a judgement on what you said. Thank you.",
    )


class Withheld(models.TextChoices):
    """The only reasons why a concern's author may be told nothing (domain.md 3.9)."""

    ASKED = "asked", "The agency asked that nothing be said"
    GONE = "gone", "They have left and cannot be reached"
    NOT_WANTED = "not_wanted", "They asked not to hear"


class Whom(models.TextChoices):
    """The person or service that was telephoned."""

    ON_CALL = "on_call", "The person on call"
    EMERGENCY = "emergency", "999"
    COORDINATOR = "coordinator", "The coordinator"
    POLICE = "police", "The police, not 999"
    PROBATION = "probation", "Probation"
    OTHER = "other", "Somebody else"


class ReportedTo(models.TextChoices):
    """The agency to which somebody reported it themselves, as anybody may (domain.md 3.5)."""

    POLICE = "police", "The police"
    CHILDREN = "children", "Children’s social care"
    ADULTS = "adults", "Adult social care"
    OTHER = "other", "Another agency"
