"""Addresses of the inbox, and of the pages about how a person is reached."""

from django.urls import include, path

app_name = "alerts"

urlpatterns = [
    path("", include("alerts.inbox.urls")),
    path("", include("alerts.mobile.urls")),
    path("", include("alerts.hours.urls")),
    path("", include("alerts.leave.urls")),
    path("", include("alerts.pause.urls")),
    path("", include("alerts.receipt.urls")),
]
