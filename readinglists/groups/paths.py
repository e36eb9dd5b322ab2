"""Where groups stand on the site. Import `group_path`, `session_path`, `join_path`. Pure."""


def group_path(key: str, action: str = "") -> str:
    """Return the path of a group, or of something to do with it."""
    return f"/g:{key}/" + (f"{action}/" if action else "")


def session_path(key: str, number: int, action: str = "") -> str:
    """Return the path of a session, or of something to do with it."""
    return group_path(key, f"s:{number}" + (f"/{action}" if action else ""))


def join_path(key: str, join_key: str) -> str:
    """Return the path by which people join."""
    return group_path(key, f"join/{join_key}")


def calendar_path(key: str, feed_key: str) -> str:
    """Return the path of the calendar for one member's programs."""
    return f"/g:{key}/calendar/{feed_key}.ics"


def feed_path(key: str, feed_key: str) -> str:
    """Return the path of the feed for one member's programs."""
    return f"/g:{key}/feed/{feed_key}.atom"
