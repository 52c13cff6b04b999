"""Addresses of the mobile room’s pages."""

from django.urls import path

from alerts.mobile import views

urlpatterns = [
    path("telephone/", views.mobile, name="mobile"),
    path("telephone/code/", views.mobile_code, name="mobile_code"),
    path("telephone/remove/", views.mobile_remove, name="mobile_remove"),
]
