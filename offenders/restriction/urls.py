"""Addresses of the restriction room’s pages."""

from django.urls import path

from offenders.restriction import views

urlpatterns = [
    path("<ref:reference>/restrictions/", views.restrictions, name="restrictions"),
    path("<ref:reference>/restrictions/add/", views.add_restriction, name="add_restriction"),
    path("<ref:reference>/restrictions/verify/", views.verify_restrictions, name="verify_restrictions"),
    path("<ref:reference>/restrictions/<int:restriction>/vary/", views.vary_restriction, name="vary_restriction"),
    path(
        "<ref:reference>/restrictions/<int:restriction>/put-right/",
        views.put_restriction_right,
        name="put_restriction_right",
    ),
    path("<ref:reference>/restrictions/<int:restriction>/end/", views.end_restriction, name="end_restriction"),
]
