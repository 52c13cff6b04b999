"""The choices of a share: the law, the method, whether the core member knows, the marking (domain.md 3.7)."""

from __future__ import annotations

from django.db import models


class Gateway(models.TextChoices):
    """The law that lets a charity tell an agency (domain.md 3.7; to be confirmed by the provider's lawyer)."""

    CRIME_AND_DISORDER = "cda115", "Crime and Disorder Act 1998, section 115"
    MAPPA = "cja325", "Criminal Justice Act 2003, section 325 (as an Associate)"
    OFFENDER_MANAGEMENT = "oma14", "Offender Management Act 2007, section 14"
    CHILDREN = "ca11", "Children Act 2004, section 11"
    CARE = "care", "Care Act 2014"
    PUBLIC_INTEREST = "public", "Public interest at common law"
    VITAL = "vital", "To save a life"
    CONSENT = "consent", "He agreed"


class LawfulBasis(models.TextChoices):
    """The basis under UK GDPR article 6. One is always needed as well as the gateway."""

    PUBLIC_TASK = "public_task", "Public task, article 6(1)(e)"
    LEGITIMATE_INTERESTS = "legitimate", "Legitimate interests, article 6(1)(f)"
    VITAL_INTERESTS = "vital", "Vital interests, article 6(1)(d)"


class Condition(models.TextChoices):
    """The condition in Schedule 1 of the Data Protection Act 2018, for data on offences, health or sex life."""

    UNLAWFUL_ACTS = "para10", "Paragraph 10: preventing or detecting unlawful acts"
    SAFEGUARDING = "para18", "Paragraph 18: safeguarding children and individuals at risk"
    NOT_NEEDED = "none", "None: nothing in it is about offences, health or sex life"


class Marking(models.TextChoices):
    """The Government Security Classification of a share."""

    OFFICIAL_SENSITIVE = "official_sensitive", "OFFICIAL-SENSITIVE"
    OFFICIAL = "official", "OFFICIAL"


class Method(models.TextChoices):
    """How the recipient is told."""

    TELEPHONE = "telephone", "By telephone"
    SECURE_MAIL = "secure_mail", "By secure e-mail"
    IN_PERSON = "in_person", "In person"
    HERE = "here", "They read it here"


class Told(models.TextChoices):
    """Whether the core member knows that this is shared."""

    YES = "yes", "He has been told"
    LATER = "later", "He will be told"
    NO = "no", "He is not told"


KEEP_IT = "Do not pass it on, or put it to him, without asking the charity."
"""How a recipient must keep what they are told, unless the author writes other words."""
