"""Addresses of the programme room’s pages."""

from django.urls import path

from circles.programme import views

urlpatterns = [
    path("programmes/", views.programmes, name="programmes"),
    path("programmes/add/", views.add_programme, name="add_programme"),
    path("programmes/<ref:reference>/", views.change_programme, name="change_programme"),
]
