"""Addresses of the membership room’s pages."""

from django.urls import path

from circles.membership import views

urlpatterns = [
    path("<ref:reference>/people/", views.people, name="people"),
    path("<ref:reference>/people/add/", views.add_volunteer, name="add_volunteer"),
    path("<ref:reference>/people/<ref:volunteer>/end/", views.end_membership, name="end_membership"),
]
