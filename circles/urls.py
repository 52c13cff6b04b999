"""Joins the addresses of every room's pages."""

from django.urls import include, path, register_converter

from circles.schedule.slots import SlotConverter

register_converter(SlotConverter, "slot")
app_name = "circles"

urlpatterns = [
    path("", include("circles.overview.urls")),
    path("", include("circles.taxonomy.urls")),
    path("", include("circles.life.urls")),
    path("", include("circles.venue.urls")),
    path("", include("circles.programme.urls")),
    path("", include("circles.sharing_agreement.urls")),
    path("", include("circles.agreement.urls")),
    path("", include("circles.calendar.urls")),
    path("", include("circles.hours.urls")),
    path("", include("circles.minutes_share.urls")),
    path("", include("circles.schedule.urls")),
    path("", include("circles.membership.urls")),
    path("", include("circles.coordinator.urls")),
    path("", include("circles.action.urls")),
    path("", include("circles.measure.urls")),
    path("", include("circles.outcome.urls")),
    path("", include("circles.goal.urls")),
    path("", include("circles.paper_log.urls")),
    path("", include("circles.rota.urls")),
    path("", include("circles.late_minutes.urls")),
    path("", include("circles.version.urls")),
    path("", include("circles.contact.urls")),
    path("", include("circles.log.urls")),
    path("", include("circles.risk.urls")),
    path("", include("circles.review.urls")),
]
