"""Keeps secrets that stand in addresses out of the logs. Named in LOGGING."""

import logging
import re

# The key of a private feed or of a study group in a path, and a token or key in a query string.
GROUP_KEYS = r"/g:[0-9a-f]+/(?:join|calendar|feed|unsubscribe)/"
SECRETS = re.compile(
    rf"(secret:|{GROUP_KEYS}|(?:auth_token|token|key|password)=)[^/&\s\"']+", re.IGNORECASE
)


class MaskSecrets(logging.Filter):
    """Replaces secrets in the text of every record that passes."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Mask the finished text; let every record pass."""
        text = record.getMessage()
        masked = SECRETS.sub(r"\1…", text)
        if masked != text:
            record.msg, record.args = masked, None
        return True
