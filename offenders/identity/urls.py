"""Addresses of the identity room’s pages."""

from django.urls import path

from offenders.identity import match_views, views

urlpatterns = [
    path("find/", views.find_person, name="find_person"),
    path("matches/", match_views.identity_matches, name="identity_matches"),
    path("matches/<int:match>/", match_views.settle, name="settle_match"),
    path("<ref:reference>/identity/", views.identity, name="identity"),
    path("<ref:reference>/identity/write/", views.write_identity, name="write_identity"),
    path("<ref:reference>/identity/erase/", views.erase, name="erase_identity"),
]
