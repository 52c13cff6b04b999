"""The sections of the referral form about risk, needs, treatment and attitude (domain.md 1.5)."""

from __future__ import annotations

from offenders.referral.questions import YES_NO, Kind, Question, Section, choices

BANDS = choices("Low", "Medium", "High", "Very high", "Not assessed")

TOOLS = Section(
    "tools",
    "Risk assessments",
    (
        Question(
            "tool",
            "Tool",
            Kind.CHOICE,
            choices(
                "OASys RoSH", "OSP/DC", "OSP/IIC", "RM2000", "ARMS", "SARA", "AssetPlus", "Stable/Acute", "Another"
            ),
            needed=True,
        ),
        Question("assessed_on", "Assessed on", Kind.DAY),
        Question("assessor", "By whom", hint="Their post and agency."),
        Question("result", "Result", Kind.CHOICE, BANDS),
        Question("more", "What it says of him", Kind.WORDS),
    ),
    many="assessment",
    lead="Each with its day: an old one is read as an old one.",
)

RISK_TO = Section(
    "risk_to",
    "Risk to whom",
    (
        Question("children", "To children", Kind.CHOICE, BANDS, needed=True),
        Question("known_adult", "To a known adult", Kind.CHOICE, BANDS),
        Question("public", "To the public", Kind.CHOICE, BANDS),
        Question("staff", "To staff and volunteers", Kind.CHOICE, BANDS, needed=True),
        Question("self", "To himself", Kind.CHOICE, BANDS),
        Question(
            "from_community", "From the community", Kind.WORDS, hint="Such as vigilantes, or interest of the media."
        ),
        Question("more", "What one should know", Kind.WORDS),
    ),
)

NEEDS = Section(
    "needs",
    "What he needs",
    (
        Question("isolation", "Whom he sees, and how alone he is", Kind.WORDS, needed=True),
        Question(
            "accommodation", "Accommodation", Kind.WORDS, hint="What kind it is and how long it lasts. No address."
        ),
        Question("employment", "Work and training", Kind.WORDS),
        Question("finance", "Money and debt", Kind.WORDS),
        Question("health", "Health", Kind.WORDS),
        Question("substances", "Alcohol and drugs", Kind.WORDS),
        Question("relationships", "Relationships", Kind.WORDS),
        Question("leisure", "Leisure", Kind.WORDS),
        Question("online", "Life online", Kind.WORDS),
    ),
)

TREATMENT = Section(
    "treatment",
    "Treatment",
    (
        Question(
            "programmes",
            "Programmes he has done",
            Kind.TICKS,
            choices("Horizon", "Kaizen", "Maps for Change", "New Me", "iHorizon", "Another", "None"),
        ),
        Question("programmes_more", "Which others, when, and what came of them", Kind.WORDS),
        Question(
            "plan",
            "A relapse-prevention or “New Me” plan",
            Kind.CHOICE,
            choices("Sent with this", "He has one", "None"),
        ),
        Question("triggers", "Triggers", Kind.WORDS),
        Question("warning_signs", "Warning signs", Kind.WORDS),
    ),
)

ATTITUDE = Section(
    "attitude",
    "His attitude",
    (
        Question(
            "responsibility", "Takes responsibility", Kind.CHOICE, choices("Fully", "In part", "Denies it"), needed=True
        ),
        Question("motivated", "Wants not to offend again", Kind.CHOICE, YES_NO, needed=True),
        Question("open", "Would tell volunteers of his past", Kind.CHOICE, YES_NO, needed=True),
        Question("agrees", "Knows of this referral and agrees to it", Kind.CHOICE, YES_NO, needed=True),
        Question("own_words", "What he says of it himself", Kind.WORDS),
    ),
)

RISK_SECTIONS = (TOOLS, RISK_TO, NEEDS, TREATMENT, ATTITUDE)
