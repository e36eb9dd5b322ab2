"""Keeps secrets that stand in addresses out of the logs. Named in LOGGING and for gunicorn.

`MaskingFormatter` has the last word on a record, so that a traceback is masked with the rest.
"""

import logging
import re

# The key of a private feed or of a study group in a path, and a token or key in a query string.
GROUP_KEYS = r"/g:[0-9a-f]+/(?:join|calendar|feed|unsubscribe)/"
SECRETS = re.compile(
    rf"(secret:|{GROUP_KEYS}|/feeds/(?=[0-9a-f]{{20}})|(?:auth_token|token|key|password)=)"
    r"[^/&\s\"']+",
    re.IGNORECASE,
)
# The key in somebody's address to save by mail.
MAIL_KEYS = re.compile(r"\+[0-9a-f]{20}@", re.IGNORECASE)


def mask(text: str) -> str:
    """Return the text with an ellipsis for every secret."""
    return MAIL_KEYS.sub("+…@", SECRETS.sub(r"\1…", text))


class MaskingFormatter(logging.Formatter):
    """Writes records without the secrets in them, in their tracebacks too."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the finished text, masked."""
        return mask(super().format(record))
