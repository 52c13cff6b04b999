"""Addresses of the paper log room’s pages."""

from django.urls import path

from circles.paper_log import views

urlpatterns = [
    path("meetings/paper/", views.paper_code, name="paper_code"),
    path("meetings/<ref:reference>/paper/", views.paper, name="paper"),
]
