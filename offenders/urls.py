"""Addresses of the core member's pages."""

from django.urls import path

from offenders.views import contact, core_member, lead, secure_domain

app_name = "offenders"

urlpatterns = [
    path("", core_member.core_members, name="core_members"),
    path("accept/", core_member.accept, name="accept"),
    path("secure-mail/", secure_domain.secure_domains, name="secure_domains"),
    path("secure-mail/<int:number>/end/", secure_domain.end, name="end_secure_domain"),
    path("<ref:reference>/", core_member.core_member, name="core_member"),
    path("<ref:reference>/lead/", lead.change_lead, name="change_lead"),
    path("<ref:reference>/restrictions/add/", core_member.add_restriction, name="add_restriction"),
    path("<ref:reference>/restrictions/verify/", core_member.verify_restrictions, name="verify_restrictions"),
    path("<ref:reference>/contacts/add/", contact.add_contact, name="add_contact"),
    path("<ref:reference>/contacts/<ref:contact>/verify/", contact.verify_contact, name="verify_contact"),
    path("<ref:reference>/contacts/<ref:contact>/end/", contact.end_contact, name="end_contact"),
]
