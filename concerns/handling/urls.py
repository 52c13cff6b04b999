"""Addresses of the handling room’s pages."""

from django.urls import path

from concerns.handling import call_views

urlpatterns = [
    path("<ref:reference>/call/", call_views.call, name="call"),
    path("<ref:reference>/own-report/", call_views.own_report, name="own_report"),
]
