"""Addresses of the circle's pages."""

from django.urls import path, register_converter

from circles.slots import SlotConverter
from circles.views import calling_off, circle, feed, hours, log, meeting, people, schedule, swap

register_converter(SlotConverter, "slot")

app_name = "circles"

urlpatterns = [
    path("", circle.circles, name="circles"),
    path("open/", circle.open_new, name="open"),
    path("mine/calendar/", feed.my_calendar, name="my_calendar"),
    path("mine/calendar/revoke/", feed.revoke, name="revoke_calendar"),
    path("mine/hours/", hours.my_hours, name="my_hours"),
    path("<ref:reference>/hours/", hours.circle_hours, name="circle_hours"),
    path("meetings/<ref:reference>/travel/", hours.travel, name="travel"),
    path("<ref:reference>/", circle.circle, name="circle"),
    path("<ref:reference>/meetings/", meeting.meetings, name="meetings"),
    path("<ref:reference>/schedule/", schedule.schedule, name="schedule"),
    path("<ref:reference>/schedule/vary/", schedule.vary, name="vary"),
    path("<ref:reference>/schedule/rhythm/", schedule.rhythm, name="rhythm"),
    path("<ref:reference>/schedule/<slot:slot>/put-back/", schedule.put_back, name="put_back"),
    path("<ref:reference>/people/", people.people, name="people"),
    path("<ref:reference>/people/add/", people.add_volunteer, name="add_volunteer"),
    path("<ref:reference>/people/<ref:volunteer>/end/", people.end_membership, name="end_membership"),
    path("<ref:reference>/close/", circle.close, name="close"),
    path("<ref:reference>/who-looked/", circle.who_looked, name="who_looked"),
    path("meetings/<ref:reference>/", meeting.meeting, name="meeting"),
    path("meetings/<ref:reference>/approve/", meeting.approve, name="approve"),
    path("meetings/<ref:reference>/return/", meeting.give_back, name="return"),
    path("meetings/<ref:reference>/add/", meeting.addendum, name="addendum"),
    path("meetings/<ref:reference>/take/", meeting.take_minutes, name="take_minutes"),
    path("meetings/<ref:reference>/cancel/", calling_off.cancel, name="cancel"),
    path("meetings/<ref:reference>/not-held/", calling_off.not_held, name="not_held"),
    path("meetings/<ref:reference>/move/", calling_off.move, name="move"),
    path("meetings/<ref:reference>/offer/<ref:volunteer>/", swap.offer, name="offer_minutes"),
    path("swaps/<ref:reference>/accept/", swap.accept, name="accept_swap"),
    path("swaps/<ref:reference>/decline/", swap.decline, name="decline_swap"),
    path("swaps/<ref:reference>/withdraw/", swap.withdraw, name="withdraw_swap"),
    path("meetings/<ref:reference>/log/", log.log, name="log"),
    path("meetings/<ref:reference>/log/<int:page>/", log.log_page, name="log_page"),
    path("meetings/<ref:reference>/log/check/", log.log_check, name="log_check"),
    path("meetings/<ref:reference>/log/autosave/", log.autosave, name="autosave"),
]
