"""Forms: choose who gets approved minutes and how, or decide not to send an addition on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms

from circles.minutes_share.models import MinutesShare
from circles.minutes_share.operations import field_name_of
from circles.redaction.forms import NamesForm
from core.forms import Form
from core.redaction import Redaction
from offenders.contact.models import Contact

NOT_NOW = ("", "Not now")


class ShareMinutesForm(NamesForm):
    """One question for each contact. Also for contacts not verified yet: their help text says what to do."""

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
        self.contacts = {field_name_of(contact): contact for contact in contacts}
        for name, contact in self.contacts.items():
            about = [contact.role, contact.agency.name, has.get(contact.pk, "")]
            if why := contact.reason_not_to_tell_on(today):
                about.append(f"{why} Ring them first, and say so on his page")
            self.fields[name] = forms.ChoiceField(
                label=contact.name,
                choices=[NOT_NOW, *self._ways_to_reach(contact)],
                required=False,
                help_text=". ".join(part.rstrip(".") for part in about if part) + ".",
                widget=forms.RadioSelect,
                initial=offered.get(contact.pk, ""),
            )

    def _ways_to_reach(self, contact: Contact) -> list[tuple[str, str]]:
        """The ways this contact can be reached."""
        lacking = set()
        if contact.account is None:
            lacking.add(MinutesShare.Method.HERE)
        if not contact.secure_mail:
            lacking.add(MinutesShare.Method.SECURE_MAIL)
        return [(way.value, str(way.label)) for way in MinutesShare.Method if way not in lacking]

    def chosen_contacts(self) -> dict[Contact, str]:
        """Each contact who gets the minutes, and how."""
        return {contact: way for name, contact in self.contacts.items() if (way := self.cleaned_data.get(name))}


class SetAsideForm(Form):
    reason = forms.CharField(label="Why is it not sent on?", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
