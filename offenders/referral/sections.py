"""The sections of the referral form and their questions (domain.md 1.5). A new question is one line here.

Who he is stands in none of them: his name, addresses and numbers are sealed (offenders/identity).
"""

from __future__ import annotations

from offenders.core_member.models import Category, LeadAgency, ManagementLevel
from offenders.referral.questions import YES_NO, Kind, Question, Section, choices
from offenders.referral.risk_questions import RISK_SECTIONS

ETHNICITY = choices(
    "Asian, Asian British or Asian Welsh",
    "Black, Black British, Black Welsh, Caribbean or African",
    "Mixed or multiple ethnic groups",
    "White",
    "Another ethnic group",
    "He would rather not say",
    "Not known",
)
"""The groups of the census of 2021 (domain.md 1.5)."""

PERSON = Section(
    "person",
    "About him",
    (
        Question(
            "age_band",
            "Age",
            Kind.CHOICE,
            choices("18 to 20", "21 to 24", "25 to 39", "40 to 54", "55 to 69", "70 or over"),
            needed=True,
        ),
        Question("sex", "Sex", Kind.CHOICE, choices("Male", "Female", "Not known"), needed=True),
        Question("gender_identity", "Gender identity, if it is another than his sex"),
        Question("ethnicity", "Ethnic group", Kind.CHOICE, ETHNICITY),
        Question("disability", "Disability", Kind.CHOICE, YES_NO),
        Question("learning_disability", "Learning disability, or an IQ below 80", Kind.CHOICE, YES_NO),
        Question("neurodiversity", "Neurodiversity", hint="Such as autism or ADHD, and whether it is diagnosed."),
        Question("mental_health", "Mental health", Kind.WORDS),
        Question("religion", "Religion or belief"),
        Question("sexual_orientation", "Sexual orientation"),
        Question("nationality", "Nationality"),
        Question("first_language", "First language", hint="And whether he needs an interpreter."),
        Question("veteran", "Served in the armed forces", Kind.CHOICE, YES_NO),
        Question("care_experienced", "Was in care as a child", Kind.CHOICE, YES_NO),
    ),
    lead="For reporting, and so that the circle can meet his needs. Write no name, address or day of birth here.",
)

OFFENCES = Section(
    "offences",
    "Index offences",
    (
        Question("offence", "Offence", needed=True, hint="As it stands in the conviction."),
        Question("convicted_on", "Convicted on", Kind.DAY),
        Question(
            "sentence_type",
            "Sentence",
            Kind.CHOICE,
            choices(
                "Custody, determinate",
                "Custody, extended",
                "Life or IPP",
                "Suspended sentence",
                "Community order",
                "Hospital order",
                "Other",
            ),
        ),
        Question("sentence_length", "How long"),
        Question(
            "victim_type",
            "Against",
            Kind.CHOICE,
            choices(
                "A child under 13", "A child of 13 to 15", "A child of 16 or 17", "An adult", "Nobody met: images only"
            ),
        ),
        Question("victim_sex", "Sex of the victim", Kind.CHOICE, choices("Male", "Female", "Both", "Not known")),
        Question(
            "relationship",
            "Relationship to the victim",
            hint="Such as stepfather, neighbour or stranger. Never a name.",
        ),
        Question("how", "How", Kind.CHOICE, choices("Contact", "Online", "Both")),
        Question(
            "details",
            "In short",
            Kind.WORDS,
            hint="A few points in your own words. Do not paste from the pre-sentence report, and name no victim.",
        ),
    ),
    many="offence",
    lead="One after the other. Never the name of a victim.",
)

STATUS = Section(
    "status",
    "Sentence and conditions",
    (
        Question(
            "where",
            "Now",
            Kind.CHOICE,
            choices("In custody", "In an approved premises", "In the community", "In hospital"),
            needed=True,
        ),
        Question(
            "order",
            "Order or licence",
            Kind.CHOICE,
            choices(
                "Licence",
                "Community order",
                "Suspended sentence order",
                "Post-sentence supervision",
                "Hospital order",
                "None",
            ),
        ),
        Question("order_from", "It began", Kind.DAY),
        Question("order_until", "It ends", Kind.DAY),
        Question("release_on", "Released, or to be released", Kind.DAY),
        Question(
            "registered",
            "Notification requirements",
            Kind.CHOICE,
            choices("Until a day", "Indefinite", "None"),
            needed=True,
        ),
        Question("registered_from", "They began", Kind.DAY),
        Question("registered_until", "They end", Kind.DAY),
        Question("shpo", "Sexual harm prevention order", Kind.CHOICE, YES_NO, needed=True),
        Question("prohibitions", "What it prohibits", Kind.WORDS),
        Question("licence_conditions", "Licence conditions", Kind.WORDS),
        Question(
            "exclusion_zones", "Exclusion zones", Kind.WORDS, hint="Places or postcode districts he must keep out of."
        ),
        Question(
            "no_contact",
            "No contact with",
            Kind.WORDS,
            hint="Say what they are to him, such as “the victim and her family”. No names.",
        ),
        Question("monitoring", "Electronic monitoring", Kind.CHOICE, YES_NO),
        Question("polygraph", "Polygraph", Kind.CHOICE, YES_NO),
    ),
)

MAPPA = Section(
    "mappa",
    "MAPPA",
    (
        Question(
            "category", "Category", Kind.CHOICE, [(str(value), label) for value, label in Category.choices], needed=True
        ),
        Question(
            "level",
            "Level",
            Kind.CHOICE,
            [(str(value), label) for value, label in ManagementLevel.choices],
            needed=True,
        ),
        Question("lead_agency", "Lead agency", Kind.CHOICE, LeadAgency.choices, needed=True),
        Question("next_meeting", "Next meeting about him", Kind.DAY),
    ),
    lead="He falls in exactly one category. Send no minutes of MAPPA meetings.",
)

PROFESSIONALS = Section(
    "professionals",
    "Professionals",
    (
        Question(
            "role",
            "What they are",
            Kind.CHOICE,
            choices(
                "Probation practitioner",
                "Probation manager",
                "Duty desk",
                "Police offender manager",
                "Police sergeant",
                "Police unit mailbox",
                "Prison offender manager",
                "Social worker",
                "Mental-health worker",
                "Key worker of his hostel or approved premises",
                "Victim liaison officer",
                "Other",
            ),
            needed=True,
        ),
        Question("name", "Name"),
        Question("agency", "Agency"),
        Question("telephone", "Telephone"),
        Question("mail", "Secure e-mail"),
        Question("hours", "When they can be reached"),
    ),
    many="professional",
    lead="Whoever works with him now. If a victim liaison officer is involved, name them too.",
)

SECTIONS = {section.name: section for section in (PERSON, OFFENCES, STATUS, MAPPA, *RISK_SECTIONS, PROFESSIONALS)}
"""Every section by its name, in the order of the form."""
