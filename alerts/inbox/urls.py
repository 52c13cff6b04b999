"""Addresses of the inbox room’s pages."""

from django.urls import path

from alerts.inbox import views

urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("<int:number>/", views.follow, name="follow"),
]
