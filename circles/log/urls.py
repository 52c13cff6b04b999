"""Addresses of the log room’s pages."""

from django.urls import path

from circles.log import more_views, views

urlpatterns = [
    path("meetings/<ref:reference>/log/factors/", more_views.log_factors, name="log_factors"),
    path("meetings/<ref:reference>/log/contacts/", more_views.log_contacts, name="log_contacts"),
    path(
        "meetings/<ref:reference>/log/contacts/<int:number>/remove/", more_views.remove_contact, name="remove_contact"
    ),
    path("meetings/<ref:reference>/log/", views.log, name="log"),
    path("meetings/<ref:reference>/log/<int:page>/", views.log_page, name="log_page"),
    path("meetings/<ref:reference>/log/check/", views.log_check, name="log_check"),
    path("meetings/<ref:reference>/log/autosave/", views.autosave, name="autosave"),
]
