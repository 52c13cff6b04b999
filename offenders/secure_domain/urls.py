"""Addresses of the secure domain room’s pages."""

from django.urls import path

from offenders.secure_domain import views

urlpatterns = [
    path("secure-mail/", views.secure_domains, name="secure_domains"),
    path("secure-mail/<int:number>/end/", views.end_domain, name="end_secure_domain"),
]
