"""Addresses of the membership room’s pages."""

from django.urls import path

from circles.membership import standing_views, views

urlpatterns = [
    path("<ref:reference>/people/", views.people, name="people"),
    path("<ref:reference>/people/known-as/", views.known_as, name="known_as"),
    path("<ref:reference>/people/add/", views.add_volunteer, name="add_volunteer"),
    path("<ref:reference>/people/<ref:volunteer>/end/", views.end_membership, name="end_membership"),
    path("volunteers/<ref:reference>/left/", standing_views.volunteer_left, name="volunteer_left"),
    path("volunteers/<ref:reference>/back/", standing_views.volunteer_back, name="volunteer_back"),
]
