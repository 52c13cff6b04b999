"""Addresses of the lead room’s pages."""

from django.urls import path

from offenders.lead import views

urlpatterns = [
    path("<ref:reference>/lead/", views.change_lead, name="change_lead"),
    path("<ref:reference>/practitioner/", views.change_practitioner, name="change_practitioner"),
]
