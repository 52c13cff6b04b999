"""Addresses of the demo's own pages."""

from django.urls import path

from embedded import gallery, views

app_name = "demo"

urlpatterns = [
    path("", views.people, name="people"),
    path("gallery/", gallery.gallery, name="gallery"),
    path("become/<ref:reference>/", views.become, name="become"),
]
