"""Addresses of the life room’s pages."""

from django.urls import path

from circles.life import opening_views, views

urlpatterns = [
    path("open/", opening_views.take_over_circle, name="open"),
    path("propose/", views.propose, name="propose"),
    path("<ref:reference>/stands-open/", views.stands_open, name="stands_open"),
    path("<ref:reference>/stands-open/<slug:step>/", views.step, name="step"),
    path("<ref:reference>/close/", views.step, {"step": "close"}, name="close"),
]
