"""Addresses of the contact room’s pages."""

from django.urls import path

from offenders.contact import views

urlpatterns = [
    path("<ref:reference>/contacts/", views.contacts, name="contacts"),
    path("<ref:reference>/contacts/add/", views.add_contact, name="add_contact"),
    path("<ref:reference>/contacts/<ref:contact>/verify/", views.verify_contact, name="verify_contact"),
    path("<ref:reference>/contacts/<ref:contact>/change/", views.change_contact, name="change_contact"),
    path("<ref:reference>/contacts/<ref:contact>/end/", views.end_contact, name="end_contact"),
]
