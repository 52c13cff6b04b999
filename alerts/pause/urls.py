"""Addresses of the pause room’s pages."""

from django.urls import path

from alerts.pause import views

urlpatterns = [
    path("pause/", views.pause, name="pause"),
]
