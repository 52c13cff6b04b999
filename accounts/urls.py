"""Addresses of the pages about people and accounts."""

from django.urls import path

from accounts.views import joining, me, names, people, proposals, recovery, roles, setting_up, submitted, teams

app_name = "accounts"

urlpatterns = [
    path("", people.people, name="people"),
    path("invite/", people.invite, name="invite"),
    path("second/", proposals.proposals, name="proposals"),
    path("second/<int:number>/agree/", proposals.agree, name="agree_to_proposal"),
    path("second/<int:number>/refuse/", proposals.decline, name="decline_proposal"),
    path("invitations/<int:number>/withdraw/", proposals.withdraw, name="withdraw_invitation"),
    path("agencies/", setting_up.agencies, name="agencies"),
    path("areas/", setting_up.areas, name="areas"),
    path("teams/", teams.teams, name="teams"),
    path("teams/add/", teams.add_team, name="add_team"),
    path("teams/<int:number>/", teams.team, name="team"),
    path("teams/<int:number>/rename/", teams.rename_team, name="rename_team"),
    path("teams/<int:number>/join/", teams.join_team, name="join_team"),
    path("teams/<int:number>/people/<ref:reference>/leave/", teams.leave_team, name="leave_team"),
    path("agencies/<ref:reference>/change/", setting_up.change_agency, name="change_agency"),
    path("invitations/<int:number>/address/", names.correct_invitation, name="correct_invitation"),
    path("agencies/add/", people.add_agency, name="add_agency"),
    path("me/", me.me, name="me"),
    path("me/name/", names.change_called, name="change_called"),
    path("me/address/", names.change_own_address, name="change_own_address"),
    path("me/stay/", me.stay, name="stay"),
    path("me/sessions/<str:session>/end/", me.end_session, name="end_session"),
    path("me/second-factor/", joining.second_factor, name="second_factor"),
    path("me/kept/<uuid:key>/", submitted.kept_form, name="kept_form"),
    path("join/", joining.join, name="join"),
    path("join/address/<str:token>/", names.confirm_address, name="confirm_address"),
    path("join/<str:token>/", joining.invitation, name="invitation"),
    path("<ref:reference>/", people.person, name="person"),
    path("<ref:reference>/suspend/", people.suspend, name="suspend"),
    path("<ref:reference>/return/", people.restore, name="restore"),
    path("<ref:reference>/end/", people.end, name="end"),
    path("<ref:reference>/roles/", roles.roles, name="roles"),
    path("<ref:reference>/roles/<slug:role>/take/", roles.take_role, name="take_role"),
    path("<ref:reference>/name/", names.change_name, name="change_name"),
    path("<ref:reference>/address/", names.change_address, name="change_address"),
    path("<ref:reference>/sign-in-anew/", recovery.recover, name="recover"),
]
