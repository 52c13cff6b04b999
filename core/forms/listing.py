"""The form that narrows and orders a list. What it chose stands in the address, so that it can be kept and sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any, TypeVar

from django import forms
from django.db.models import Model, Q, QuerySet, TextChoices

from core.forms.base import Form
from core.references import possible_references_of

M = TypeVar("M", bound=Model)

Orders = Mapping[str, tuple[str, Sequence[Any]]]
"""By its name in the address: what an order is called, and the fields it goes by. The first is that of an empty form."""


class ChoiceForm(Form):
    """What of a list to show. What nobody knows is left out, never an error: an address may hold any word."""

    def full_clean(self) -> None:
        super().full_clean()
        self.errors.clear()

    @property
    def asked(self) -> dict[str, Any]:
        """What was chosen, by name, without what was not and what is not known."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class ListForm(ChoiceForm):
    """What of a list to show, in which order.

    `finds` are the fields in which words are looked for. The list is cut, counted and ordered in the database.
    """

    find = forms.CharField(label="Find", max_length=60, required=False)
    state = forms.ChoiceField(label="State", required=False)
    order = forms.ChoiceField(label="Order", required=False)

    def __init__(
        self, data: Any, *, finds: Sequence[str], states: type[TextChoices], orders: Orders, hint: str
    ) -> None:
        super().__init__(data)
        self.finds, self.orders = finds, orders
        fields: Any = self.fields
        fields["find"].help_text = hint
        fields["state"].choices = [("", "Every state"), *states.choices]
        default = next(iter(orders))
        fields["order"].choices = [("" if name == default else name, words) for name, (words, _) in orders.items()]

    @property
    def is_narrowed(self) -> bool:
        """Whether something is left out."""
        return bool(self.asked.keys() & {"find", "state"})

    @property
    def is_used(self) -> bool:
        """Whether anything was chosen."""
        return bool(self.asked)

    def cut(self, rows: QuerySet[M]) -> QuerySet[M]:
        """The rows that were asked for, in the order that was."""
        asked = self.asked
        if words := asked.get("find"):
            within = [Q(**{f"{field}__icontains": words}) for field in self.finds]
            rows = rows.filter(reduce(or_, within, Q(reference__in=possible_references_of(words))))
        if state := asked.get("state"):
            rows = rows.filter(status=state)
        _, fields = self.orders[asked.get("order") or next(iter(self.orders))]
        return rows.order_by(*fields)
