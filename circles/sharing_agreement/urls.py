"""Addresses of the sharing agreement room’s pages."""

from django.urls import path

from circles.sharing_agreement import views

urlpatterns = [
    path("sharing/", views.sharing, name="sharing"),
    path("sharing/add/", views.add_sharing, name="add_sharing"),
    path("<ref:reference>/sharing/", views.set_sharing_aside, name="set_sharing_aside"),
]
