"""Addresses of the volunteer room’s pages."""

from django.urls import path

from volunteers.volunteer import views

urlpatterns = [
    path("", views.volunteers, name="volunteers"),
    path("approve/", views.approve, name="approve"),
    path("<ref:reference>/", views.volunteer, name="volunteer"),
    path("<ref:reference>/checks/", views.checks, name="checks"),
    path("<ref:reference>/pause/", views.pause, name="pause"),
]
