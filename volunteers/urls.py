"""Addresses of the volunteer's pages."""

from django.urls import path

from volunteers.views import volunteer

app_name = "volunteers"

urlpatterns = [
    path("", volunteer.volunteers, name="volunteers"),
    path("approve/", volunteer.approve, name="approve"),
    path("<ref:reference>/", volunteer.volunteer, name="volunteer"),
    path("<ref:reference>/checks/", volunteer.checks, name="checks"),
    path("<ref:reference>/pause/", volunteer.pause, name="pause"),
]
