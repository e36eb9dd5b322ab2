"""Sessions in the database, each with its owner's id, so that they can be ended by owner.

Named by SESSION_ENGINE; the pattern is Django's own ("Extending database-backed session engines").
"""

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db

from accounts.models import Session, User


class SessionStore(db.SessionStore):
    """Django's database store, which also writes down whose session it is."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Return the model that keeps the sessions."""
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """Return the row for this data, with the id of the person logged in, if any."""
        return Session(
            session_key=self._get_or_create_session_key(),  # type: ignore[attr-defined]
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(),
            user_id=int(data[SESSION_KEY]) if SESSION_KEY in data else None,
        )


def end_sessions(user: User, *, keep: str | None = None) -> None:
    """Log this person out everywhere, except in the session with the key `keep`."""
    user.sessions.exclude(session_key=keep or "").delete()
