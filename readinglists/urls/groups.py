"""Paths of study groups: /groups/, /g:KEY/ and what is below it."""

from django.urls import path, re_path

from readinglists.urls.patterns import LIST
from readinglists.views.groups import making, members, planning, programs, reading

GROUP = r"g:(?P<key>[0-9a-f]{20})/"
SESSION = rf"{GROUP}s:(?P<number>[0-9]{{1,4}})/"
ENTRY = rf"{SESSION}e:(?P<entry_id>[0-9]{{1,18}})/"
FEED_KEY = r"(?P<feed_key>[0-9a-f]{20})"
MEMBER = rf"{GROUP}m:(?P<username>[A-Za-z0-9_]{{2,30}})/"

urlpatterns = [
    path("groups/", reading.my_groups, name="groups"),
    re_path(rf"^{LIST}groups/new/$", making.new_group, name="new_group"),
    re_path(rf"^{GROUP}$", reading.show_group, name="group"),
    re_path(rf"^{GROUP}join/(?P<join_key>[0-9a-f]{{20}})/$", members.join_group, name="join_group"),
    re_path(rf"^{GROUP}leave/$", members.leave_page, name="leave_group"),
    re_path(rf"^{GROUP}settings/$", members.settings_page, name="group_settings"),
    re_path(rf"^{GROUP}about/$", members.edit_about, name="group_about"),
    re_path(rf"^{GROUP}feeds/$", members.renew_feeds, name="group_feeds"),
    re_path(rf"^{GROUP}link/$", members.renew_join, name="group_link"),
    re_path(rf"^{GROUP}delete/$", members.delete_page, name="delete_group"),
    re_path(rf"^{MEMBER}remove/$", members.take_out, name="remove_member"),
    re_path(rf"^{MEMBER}owner/$", members.hand_over_page, name="hand_over"),
    re_path(rf"^{GROUP}again/$", making.again, name="repeat_group"),
    re_path(rf"^{GROUP}shift/$", planning.shift, name="shift_sessions"),
    re_path(rf"^{GROUP}turns/$", planning.turns, name="take_turns"),
    re_path(rf"^{SESSION}$", reading.show_session, name="session"),
    re_path(rf"^{SESSION}edit/$", planning.edit_session_page, name="edit_session"),
    re_path(rf"^{SESSION}add/$", planning.add_entry_page, name="add_entry"),
    re_path(rf"^{SESSION}swap/$", planning.swap_page, name="swap"),
    re_path(rf"^{SESSION}present/$", planning.present, name="present"),
    re_path(rf"^{SESSION}step-down/$", planning.step_down_page, name="step_down"),
    re_path(rf"^{SESSION}note/$", reading.edit_note, name="session_note"),
    re_path(rf"^{ENTRY}note/$", reading.edit_note, name="entry_note"),
    re_path(rf"^{ENTRY}ask/$", reading.ask_question, name="ask"),
    re_path(rf"^{ENTRY}move/$", planning.move_entry_page, name="move_entry"),
    re_path(
        rf"^{SESSION}q:(?P<question_id>[0-9]{{1,18}})/delete/$",
        reading.take_question_back,
        name="take_question_back",
    ),
    re_path(rf"^{GROUP}calendar/{FEED_KEY}\.ics$", programs.calendar, name="group_calendar"),
    re_path(rf"^{GROUP}feed/{FEED_KEY}\.atom$", programs.feed, name="group_feed"),
    re_path(
        rf"^{GROUP}unsubscribe/(?P<token>[A-Za-z0-9_:.-]{{1,200}})/$",
        programs.unsubscribe_page,
        name="unsubscribe",
    ),
]
