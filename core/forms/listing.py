"""The form that narrows and orders a list. What it chose stands in the address, so that it can be kept and sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any, TypeVar

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import Model, Q, QuerySet, TextChoices

from core.counts import counted, counts_of
from core.forms.base import Form
from core.references import possible_references_of

M = TypeVar("M", bound=Model)

PAGE_LENGTH = 25

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

    `finds` are the fields in which words are looked for, `noun` is what one row and several are called. The list is cut,
    counted and ordered in the database. The last field of each order is unique, so that no row is on two pages.
    """

    find = forms.CharField(label="Find", max_length=60, required=False)
    state = forms.ChoiceField(label="State", required=False)
    order = forms.ChoiceField(label="Order", required=False)

    found, whole = 0, 0
    """How many rows were asked for, and how many there are for this reader. `page_of` counts them."""

    def __init__(
        self,
        data: Any,
        *,
        finds: Sequence[str],
        states: type[TextChoices],
        orders: Orders,
        hint: str,
        noun: tuple[str, str],
    ) -> None:
        super().__init__(data)
        self.finds, self.orders, self.noun = finds, orders, noun
        fields: Any = self.fields
        fields["find"].help_text = hint
        fields["state"].choices = [("", "Every state"), *states.choices]
        default = next(iter(orders))
        fields["order"].choices = [("" if name == default else name, words) for name, (words, _) in orders.items()]

    @property
    def is_narrowed(self) -> bool:
        """Whether something is left out."""
        return bool(self.asked.keys() - {"order"})

    @property
    def is_used(self) -> bool:
        """Whether anything was chosen."""
        return bool(self.asked)

    @property
    def count_in_words(self) -> str:
        """How many rows were found, such as “3 of 40 circles”."""
        whole = counted(self.whole, *self.noun)
        return whole if self.found == self.whole else f"{self.found} of {whole}"

    def rows_with(self, words: str) -> Q:
        """The rows in which these words are found."""
        within = [Q(**{f"{field}__icontains": words}) for field in self.finds]
        return reduce(or_, within, Q(reference__in=possible_references_of(words)))

    def in_state(self, rows: QuerySet[M], state: str) -> QuerySet[M]:
        """The rows in this state; an empty word means that none was chosen."""
        return rows.filter(status=state) if state else rows

    def cut(self, rows: QuerySet[M]) -> QuerySet[M]:
        """The rows that were asked for, in the order that was."""
        asked = self.asked
        if words := asked.get("find"):
            rows = rows.filter(self.rows_with(words))
        _, fields = self.orders[asked.get("order") or next(iter(self.orders))]
        return self.in_state(rows, asked.get("state", "")).order_by(*fields)

    def page_of(self, rows: QuerySet[M], number: str | None) -> Page[M]:
        """One page of the rows that were asked for. One statement counts them, and all that this reader may see."""
        cut = self.cut(rows)
        self.found, self.whole = counts_of([cut, rows])
        paginator = Paginator(cut, PAGE_LENGTH)
        paginator.count = self.found
        return paginator.get_page(number)
