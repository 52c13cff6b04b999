"""Addresses of the calendar room’s pages."""

from django.urls import path

from circles.calendar import views

urlpatterns = [
    path("mine/calendar/", views.my_calendar, name="my_calendar"),
    path("mine/calendar/revoke/", views.revoke, name="revoke_calendar"),
]
