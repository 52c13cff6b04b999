"""Forms for a serious incident: what happened, the decision, and the report."""

from __future__ import annotations

from django import forms

from concerns.incident.models import IncidentKind, SeriousIncident
from concerns.register.forms import AboutForm, long_text, short_text
from core.forms import Form
from core.forms.listing import ChoiceForm


class IncidentForm(AboutForm):
    kind = forms.ChoiceField(label="What kind", choices=IncidentKind.choices, widget=forms.RadioSelect)
    what = long_text("What happened", rows=6)

    field_order = ["kind", "what", "known_at", "about"]


class IncidentDecisionForm(Form):
    decided_with = short_text("Who decided", "Such as the trustees, at their meeting of 3 May.")
    reason = long_text("Why")


class ReportedForm(Form):
    their_reference = short_text("The Charity Commission’s reference", longest=60)


class IncidentFilter(ChoiceForm):
    status = forms.ChoiceField(
        label="How far", choices=[("", "Wherever it stands"), *SeriousIncident.Status.choices], required=False
    )
