"""The questions an author may answer beside their words, for a concern and for its draft (domain.md 3.3)."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import CheckConstraint, Q

from concerns.choices import AtRisk, Basis, GoingOn, Kind
from core.constraints import one_of

LONGEST = 8000
SHORT = 200


class Answers(models.Model):
    """None of these is required. `kind` is the weightiest of the kinds that were ticked, `also` are the others."""

    kind = models.CharField(max_length=20, choices=Kind, blank=True)
    also = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    basis = models.CharField("How do you know?", max_length=20, choices=Basis, blank=True)
    opinion = models.TextField("What you think of it", blank=True, validators=[MaxLengthValidator(LONGEST)])
    happened_when = models.CharField(max_length=SHORT, blank=True)
    happened_where = models.CharField(max_length=SHORT, blank=True)
    present = models.CharField("Who was there", max_length=SHORT, blank=True)
    going_on = models.CharField(max_length=10, choices=GoingOn, blank=True)
    at_risk = models.CharField(max_length=10, choices=AtRisk, blank=True)
    at_risk_who = models.CharField(max_length=SHORT, blank=True)

    class Meta:
        abstract = True

    @property
    def kinds(self) -> list[str]:
        """All kinds that were ticked, the weightiest first."""
        return [self.kind, *self.also] if self.kind else []

    @property
    def kinds_in_words(self) -> str:
        return " · ".join(str(Kind(kind).label) for kind in self.kinds)


def answer_constraints(prefix: str) -> list[CheckConstraint]:
    """The constraints of a table with these answers. Their names begin with `prefix`."""
    return [
        one_of("kind", ["", *Kind.values], name=f"{prefix}_kind_known"),
        CheckConstraint(condition=Q(also__contained_by=list(Kind.values)), name=f"{prefix}_also_known"),
        CheckConstraint(condition=~Q(kind="") | Q(also=[]), name=f"{prefix}_also_beside_a_kind"),
        one_of("basis", ["", *Basis.values], name=f"{prefix}_basis_known"),
        one_of("going_on", ["", *GoingOn.values], name=f"{prefix}_going_on_known"),
        one_of("at_risk", ["", *AtRisk.values], name=f"{prefix}_at_risk_known"),
    ]
