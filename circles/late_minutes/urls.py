"""Addresses of the late minutes room’s pages."""

from django.urls import path

from circles.late_minutes import views

urlpatterns = [
    path("meetings/<ref:reference>/take-over/", views.take_over, name="take_over"),
]
