"""Whom approved minutes go to, and how each of them gets them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms

from circles.minutes_share.models import MinutesShare
from circles.minutes_share.operations import field_of
from circles.redaction.forms import NamesForm
from core.forms import Form
from core.redaction import Redaction
from offenders.contact.models import Contact

NOT_NOW = ("", "Not now")


class ShareMinutesForm(NamesForm):
    """One question a contact. Somebody nobody has rung is offered too, and refused with what to do."""

    def __init__(
        self,
        data: Any = None,
        *,
        contacts: Iterable[Contact],
        today: date,
        has: Mapping[int, str],
        offered: Mapping[int, str],
        names: Redaction,
    ) -> None:
        super().__init__(data, names=names)
        self.contacts = {field_of(contact): contact for contact in contacts}
        for name, contact in self.contacts.items():
            said = [contact.role, contact.agency.name, has.get(contact.pk, "")]
            if why := contact.why_not_told_on(today):
                said.append(f"{why} Ring them first, and say so on his page")
            self.fields[name] = forms.ChoiceField(
                label=contact.name,
                choices=[NOT_NOW, *self.ways(contact)],
                required=False,
                help_text=". ".join(part.rstrip(".") for part in said if part) + ".",
                widget=forms.RadioSelect,
                initial=offered.get(contact.pk, ""),
            )

    def ways(self, contact: Contact) -> list[tuple[str, str]]:
        """The ways this contact can be reached."""
        lacking = set()
        if contact.account is None:
            lacking.add(MinutesShare.Method.HERE)
        if not contact.secure_mail:
            lacking.add(MinutesShare.Method.SECURE_MAIL)
        return [(way.value, str(way.label)) for way in MinutesShare.Method if way not in lacking]

    def chosen(self) -> dict[Contact, str]:
        """Each contact that gets them, and how."""
        return {contact: how for name, contact in self.contacts.items() if (how := self.cleaned_data.get(name))}


class SetAsideForm(Form):
    reason = forms.CharField(
        label="Why need it not be sent on?", max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
