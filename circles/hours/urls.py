"""Addresses of the hours room’s pages."""

from django.urls import path

from circles.hours import views

urlpatterns = [
    path("mine/hours/", views.my_hours, name="my_hours"),
    path("<ref:reference>/hours/", views.circle_hours, name="circle_hours"),
    path("meetings/<ref:reference>/travel/", views.travel, name="travel"),
]
