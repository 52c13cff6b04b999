"""Addresses of the hours room’s pages."""

from django.urls import path

from alerts.hours import views

urlpatterns = [
    path("hours/", views.hours, name="hours"),
]
