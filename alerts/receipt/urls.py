"""Addresses of the receipt room’s pages."""

from django.urls import path

from alerts.receipt import views

urlpatterns = [
    path("unreached/", views.unreached, name="unreached"),
    path("unreached/<int:number>/again/", views.again, name="again"),
    path("receipts/texts/", views.of_text, name="receipt_of_text"),
    path("receipts/mails/", views.of_mail, name="receipt_of_mail"),
]
