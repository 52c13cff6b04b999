"""Addresses of the life room’s pages."""

from django.urls import path

from circles.life import opening_views, views

urlpatterns = [
    path("open/", opening_views.take_over_circle, name="open"),
    path("propose/", views.propose, name="propose"),
    path("<ref:reference>/still-to-do/", views.still_to_do, name="still_to_do"),
    path("<ref:reference>/still-to-do/<slug:step>/", views.take_step, name="step"),
    path("<ref:reference>/close/", views.take_step, {"step": "close"}, name="close"),
]
