"""Addresses of the taxonomy room’s pages."""

from django.urls import path

from circles.taxonomy import views

urlpatterns = [
    path("words/", views.tags, name="tags"),
    path("words/<ref:reference>/", views.tag, name="tag"),
    path("words/<ref:reference>/retire/", views.retire, name="retire_tag"),
]
