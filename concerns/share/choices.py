"""What a share is chosen from: the law, the way, who knows, how it is marked (domain.md 3.7)."""

from __future__ import annotations

from django.db import models


class Gateway(models.TextChoices):
    """The law a charity tells an agency under (domain.md 3.7; to be confirmed by the provider's lawyer)."""

    CRIME_AND_DISORDER = "cda115", "Crime and Disorder Act 1998, section 115"
    MAPPA = "cja325", "Criminal Justice Act 2003, section 325 (as an Associate)"
    OFFENDER_MANAGEMENT = "oma14", "Offender Management Act 2007, section 14"
    CHILDREN = "ca11", "Children Act 2004, section 11"
    CARE = "care", "Care Act 2014"
    PUBLIC_INTEREST = "public", "Public interest at common law"
    VITAL = "vital", "To save a life"
    CONSENT = "consent", "He agreed"


class LawfulBasis(models.TextChoices):
    """UK GDPR article 6: one is always needed beside the gateway."""

    PUBLIC_TASK = "public_task", "Public task, article 6(1)(e)"
    LEGITIMATE_INTERESTS = "legitimate", "Legitimate interests, article 6(1)(f)"
    VITAL_INTERESTS = "vital", "Vital interests, article 6(1)(d)"


class Condition(models.TextChoices):
    """Data Protection Act 2018, Schedule 1: for what concerns offences, health or sex life."""

    UNLAWFUL_ACTS = "para10", "Paragraph 10: preventing or detecting unlawful acts"
    SAFEGUARDING = "para18", "Paragraph 18: safeguarding children and individuals at risk"
    NOT_NEEDED = "none", "None: nothing in it is about offences, health or sex life"


class Marking(models.TextChoices):
    """The Government Security Classification it carries."""

    OFFICIAL_SENSITIVE = "official_sensitive", "OFFICIAL-SENSITIVE"
    OFFICIAL = "official", "OFFICIAL"


class Method(models.TextChoices):
    """How it reached them."""

    TELEPHONE = "telephone", "By telephone"
    SECURE_MAIL = "secure_mail", "By secure e-mail"
    IN_PERSON = "in_person", "In person"
    HERE = "here", "They read it here"


class Told(models.TextChoices):
    """Whether the core member knows that it is shared."""

    YES = "yes", "He has been told"
    LATER = "later", "He will be told"
    NO = "no", "He is not told"


KEEP_IT = "Do not pass it on, or put it to him, without asking the charity."
"""How a recipient must keep what they are told, unless other words are written."""
