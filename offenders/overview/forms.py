"""The form that narrows and orders the list of core members."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import F, Q, QuerySet

from accounts.models import User
from core.forms.listing import M
from offenders.core_member.forms import CoordinatedListForm
from offenders.core_member.models import CoreMember, ManagementLevel
from offenders.risk.models import REVIEW_AHEAD


class CoreMemberListForm(CoordinatedListForm):
    """The list of core members. Its rows have the columns of the risk badge."""

    level = forms.ChoiceField(
        label="MAPPA level", choices=[("", "Every level"), *ManagementLevel.choices], required=False
    )
    risk = forms.ChoiceField(
        label="Risk review",
        choices=[
            ("", "Due at any time"),
            ("late", "Late"),
            ("soon", "Due within four weeks"),
            ("none", "No assessment is written down"),
        ],
        required=False,
    )
    field_order = ["find", "state", "area", "coordinator", "level", "risk", "order"]

    his = "pk"

    def __init__(self, data: Any, *, rows: QuerySet[CoreMember], reader: User, today: date) -> None:
        super().__init__(
            data,
            rows=rows,
            reader=reader,
            finds=("reference",),
            states=CoreMember.Status,
            orders={
                "reference": ("By reference", ("reference", "pk")),
                "risk": ("By the day his risk is to be reviewed", (F("risk_review_on").asc(nulls_last=True), "pk")),
                "level": ("By MAPPA level, the highest first", ("-level", "reference", "pk")),
                "coordinator": ("By coordinator", ("coordinator__full_name", "reference", "pk")),
                "state": ("By state", ("status", "reference", "pk")),
                "newest": ("The newest first", ("-added_at", "-pk")),
            },
            hint="A reference, or the first name that a circle calls him.",
            noun=("core member", "core members"),
        )
        last = today + REVIEW_AHEAD
        self.reviews = {
            "late": Q(risk_review_on__lt=today),
            "soon": Q(risk_review_on__gte=today, risk_review_on__lte=last),
            "none": Q(risk_review_on=None),
        }

    def cut(self, rows: QuerySet[M]) -> QuerySet[M]:
        """The core members who were asked for, in the order that was."""
        if level := self.asked.get("level"):
            rows = rows.filter(level=level)
        if review := self.asked.get("risk"):
            rows = rows.filter(self.reviews[review])
        return super().cut(rows)
