"""Addresses of the volunteer's pages."""

from django.urls import include, path

app_name = "volunteers"

urlpatterns = [
    path("", include("volunteers.volunteer.urls")),
]
