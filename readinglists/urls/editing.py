"""Paths of the forms by which lists, sections and items are made and changed."""

from django.urls import path, re_path

from readinglists.urls.patterns import ITEM, LIST, SECTION
from readinglists.views import adding, editing, items, pasting, picking, sections

urlpatterns = [
    path("lists/add/", adding.add_to_list, name="add"),
    path("lists/new/", editing.new_list, name="new"),
    re_path(rf"^{LIST}edit/$", editing.change_list, name="edit"),
    re_path(rf"^{LIST}editors/$", editing.change_editors, name="editors"),
    re_path(rf"^{LIST}delete/$", editing.remove_list, name="delete"),
    re_path(rf"^{LIST}add/$", items.new_item, name="add_item"),
    re_path(rf"^{LIST}paste/$", pasting.paste, name="paste"),
    re_path(rf"^{LIST}pick/$", picking.pick, name="pick"),
    re_path(rf"^{LIST}restore/$", items.restore_item, name="restore_item"),
    re_path(rf"^{ITEM}edit/$", items.change_item, name="edit_item"),
    re_path(rf"^{ITEM}move/$", items.shift_item, name="move_item"),
    re_path(rf"^{ITEM}delete/$", items.take_out, name="delete_item"),
    re_path(rf"^{LIST}add-section/$", sections.new_section, name="add_section"),
    re_path(rf"^{SECTION}edit/$", sections.change_section, name="edit_section"),
    re_path(rf"^{SECTION}move/$", sections.shift_section, name="move_section"),
    re_path(rf"^{SECTION}delete/$", sections.remove_section, name="delete_section"),
]
