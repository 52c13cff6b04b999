"""Addresses of the agreement room’s pages."""

from django.urls import path

from circles.agreement import views

urlpatterns = [
    path("agreement/", views.publish_agreement, name="publish_agreement"),
    path("<ref:reference>/agreement/", views.agreement, name="agreement"),
    path("<ref:reference>/agreement/sign/", views.sign, name="sign"),
    path("<ref:reference>/agreement/his/", views.record_his_signature, name="record_his_signature"),
    path("<ref:reference>/briefing/", views.record_briefing, name="record_briefing"),
]
