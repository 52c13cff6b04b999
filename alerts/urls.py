"""Addresses of the inbox, and of how one is reached."""

from django.urls import path

from alerts.views import hours, inbox, leave, mobile, pause, receipts

app_name = "alerts"

urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("<int:number>/", inbox.follow, name="follow"),
    path("telephone/", mobile.mobile, name="mobile"),
    path("telephone/code/", mobile.mobile_code, name="mobile_code"),
    path("telephone/remove/", mobile.mobile_remove, name="mobile_remove"),
    path("hours/", hours.hours, name="hours"),
    path("leave/", leave.leave, name="leave"),
    path("leave/<int:number>/cancel/", leave.cancel, name="cancel_leave"),
    path("leave/<ref:reference>/", leave.plan, name="plan_leave"),
    path("pause/", pause.pause, name="pause"),
    path("unreached/", receipts.unreached, name="unreached"),
    path("unreached/<int:number>/again/", receipts.again, name="again"),
    path("receipts/texts/", receipts.of_text, name="receipt_of_text"),
    path("receipts/mails/", receipts.of_mail, name="receipt_of_mail"),
]
