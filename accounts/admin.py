"""People in Django's admin: who they are and whether they may come in, nothing of what they keep.

There is an admin only when ADMIN_PATH is set.
"""

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from accounts.models import User


@admin.register(User)
class UserAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # no generic when it runs
    """Accounts, to let in or keep out; `add_user` makes them, their owners delete them."""

    list_display = ["username", "is_active", "is_staff", "date_joined", "last_login", "tokens"]
    list_filter = ["is_active", "is_staff"]
    search_fields = ["username"]
    ordering = ["-pk"]
    fields = ["username", "is_active", "is_staff", "is_superuser", "date_joined", "last_login"]
    readonly_fields = ["username", "date_joined", "last_login"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Return the people, each with the number of their tokens."""
        people: QuerySet[User] = super().get_queryset(request)
        return people.annotate(token_count=Count("api_tokens"))

    @admin.display(ordering="token_count")
    def tokens(self, user: User) -> int:
        """Return how many API tokens a person has."""
        count: int = getattr(user, "token_count")  # noqa: B009 - annotated above
        return count

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Say no: `add_user` checks the name."""
        return False

    def has_delete_permission(
        self,
        request: HttpRequest,
        obj: User | None = None,  # noqa: ARG002 - Django passes it
    ) -> bool:
        """Say no: deletion has steps that the admin does not know."""
        return False
