"""Addresses of the inbox."""

from django.urls import path

from alerts import views

app_name = "alerts"

urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("<int:number>/", views.follow, name="follow"),
]
