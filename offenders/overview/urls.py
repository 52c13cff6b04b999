"""Addresses of the overview room’s pages."""

from django.urls import path

from offenders.overview import views

urlpatterns = [
    path("", views.core_members, name="core_members"),
    path("from-before/", views.bring_over, name="bring_over"),
    path("<ref:reference>/", views.core_member, name="core_member"),
    path("<ref:reference>/timeline/", views.record_timeline, name="record_timeline"),
    path("<ref:reference>/who-looked/", views.who_looked, name="who_looked"),
]
