"""Accounts: who you are and which keys open your doors."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The app of people, their sessions and their keys; knows no bookmarks."""

    name = "accounts"
