"""Addresses of the leave room’s pages."""

from django.urls import path

from alerts.leave import views

urlpatterns = [
    path("leave/", views.leave, name="leave"),
    path("leave/<int:number>/cancel/", views.cancel, name="cancel_leave"),
    path("leave/<ref:reference>/", views.plan, name="plan_leave"),
]
