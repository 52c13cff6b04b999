"""Addresses of the referral room’s pages."""

from django.urls import path

from concerns.referral import views

urlpatterns = [
    path("registers/referrals/", views.referrals, name="referrals"),
    path("registers/referrals/start/", views.start, name="start_referral"),
    path("registers/referrals/<ref:reference>/", views.referral, name="referral"),
    *[
        path(f"registers/referrals/<ref:reference>/{act}/", views.act_on, {"act": act}, name=f"referral_{act}")
        for act in views.ACTS
    ],
]
