"""Addresses of the overview room’s pages."""

from django.urls import path

from concerns.overview import delivery_views, identity_views, register_views, triage_views, views
from concerns.overview.acts import ACTS

urlpatterns = [
    path("registers/", register_views.registers, name="registers"),
    path("<ref:reference>/", views.concern_page, name="concern"),
    path("<ref:reference>/sorting/", triage_views.sorting, name="sorting"),
    path("<ref:reference>/who-looked/", views.who_looked, name="who_looked"),
    path("<ref:reference>/whom/", identity_views.identity, name="identity"),
    path("<ref:reference>/deliveries/", delivery_views.deliveries, name="deliveries"),
    *[path(f"<ref:reference>/{act}/", views.act_on, {"act": act}, name=act) for act in ACTS],
]
