"""Addresses of the incident room’s pages."""

from django.urls import path

from concerns.incident import views

urlpatterns = [
    path("registers/incidents/", views.incidents, name="incidents"),
    path("registers/incidents/add/", views.add, name="add_incident"),
    path("registers/incidents/<ref:reference>/", views.incident, name="incident"),
    *[
        path(f"registers/incidents/<ref:reference>/{act}/", views.act_on, {"act": act}, name=f"incident_{act}")
        for act in views.ACTS
    ],
]
