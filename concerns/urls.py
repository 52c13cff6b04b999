"""Addresses of concerns, queues and receipts."""

from django.urls import include, path

app_name = "concerns"

urlpatterns = [
    path("", include("concerns.overview.urls")),
    path("", include("concerns.referral.urls")),
    path("", include("concerns.low_level.urls")),
    path("", include("concerns.incident.urls")),
    path("", include("concerns.disclosure.urls")),
    path("", include("concerns.queue.urls")),
    path("", include("concerns.lists.urls")),
    path("", include("concerns.raising.urls")),
    path("", include("concerns.figures.urls")),
    path("", include("concerns.rota.urls")),
    path("", include("concerns.ladder.urls")),
    path("", include("concerns.drill.urls")),
    path("", include("concerns.pattern.urls")),
    path("", include("concerns.simulation.urls")),
    path("", include("concerns.routing.urls")),
    path("", include("concerns.share.urls")),
    path("", include("concerns.handling.urls")),
    path("", include("concerns.handover.urls")),
]
