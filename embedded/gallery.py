"""The gallery: every component on one page, with invented content, for whoever builds pages and for axe."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.forms import DateField, Form, years
from core.worklist import WorkItem

HOW_SOON = [("soon", "It should not wait"), ("look", "Something small or unclear"), ("keep", "Worth keeping")]


class SampleForm(Form):
    """One field of each kind."""

    name = forms.CharField(label="A line of text", help_text="What is wanted, in a few words.")
    words = forms.CharField(label="Some sentences", widget=forms.Textarea(attrs={"rows": 3}))
    soon = forms.ChoiceField(label="One of a few", choices=HOW_SOON, widget=forms.RadioSelect)
    several = forms.MultipleChoiceField(label="Any of a few", choices=HOW_SOON, widget=forms.CheckboxSelectMultiple)
    long = forms.ChoiceField(label="One of many", choices=[("", "Choose one"), *HOW_SOON])
    day = DateField(label="A day", latest=years(10))
    sure = forms.BooleanField(label="I have read this")


@login_not_required
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show the components, a fresh form, and a form with errors to put right."""
    now = timezone.now()
    waiting = [
        WorkItem("Agree last week’s minutes", "#top", due_at=now + timedelta(hours=3), must_act=True),
        WorkItem("Risk review, your scores", "#top", due_at=now + timedelta(days=9), detail="Circle C-0142"),
        WorkItem("Bring the bus timetable", "#top"),
    ]
    shown = {
        "fresh": SampleForm(auto_id="fresh_%s"),
        "wrong": SampleForm({"day_day": "31", "day_month": "2", "day_year": "2027"}, auto_id="wrong_%s"),
        "waiting": waiting,
        "soon": now + timedelta(minutes=24),
        "overdue": now - timedelta(days=1),
        "page": Paginator(range(60), 20).page(2),
    }
    return TemplateResponse(request, "gallery.html", shown)
