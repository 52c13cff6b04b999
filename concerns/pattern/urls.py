"""Addresses of the pattern room’s pages."""

from django.urls import path

from concerns.pattern import views

urlpatterns = [
    path("patterns/", views.patterns, name="patterns"),
    path("patterns/<ref:reference>/", views.pattern, name="pattern"),
    path("patterns/<ref:reference>/seen/", views.seen, name="pattern_seen"),
    path("<ref:reference>/names/", views.name, name="name_subject"),
]
