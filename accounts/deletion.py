"""Deleting an account with everything in it. Import `delete_account`."""

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from accounts.models import User
from accounts.names import hold_name


def delete_account(user: User) -> None:
    """Delete a person's rows everywhere, sessions and tokens among them, and hold the name.

    Apps that keep what no foreign key reaches, such as counters, name a function of the user in
    ACCOUNT_DELETION_STEPS; it is called first. All of it happens or nothing does.
    """
    with transaction.atomic():
        for step in settings.ACCOUNT_DELETION_STEPS:
            import_string(step)(user)
        hold_name(user.username)
        user.delete()
