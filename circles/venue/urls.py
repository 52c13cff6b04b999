"""Addresses of the venue room’s pages."""

from django.urls import path

from circles.venue import views

urlpatterns = [
    path("venues/", views.venues, name="venues"),
    path("venues/add/", views.add_venue, name="add_venue"),
    path("venues/<ref:reference>/", views.venue, name="venue"),
    path("venues/<ref:reference>/change/", views.change_venue, name="change_venue"),
    path("venues/<ref:reference>/assess/", views.assess_venue, name="assess_venue"),
    path("venues/<ref:reference>/withdraw/", views.withdraw_assessment, name="withdraw_assessment"),
    path("<ref:reference>/venue/", views.choose_venue, name="choose_venue"),
]
