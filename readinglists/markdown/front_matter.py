"""The lines between `---` at the head of a file. Import `split_front_matter`.

Pure. The small part of YAML that such heads are written in: `key: value`, values that are JSON,
and lists with a dash a line; anything else is kept as the words that stand there.
"""

import json
import re
from typing import Any

HEAD = re.compile(r"\A\ufeff?---[ \t]*\n(.{0,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
PAIR = re.compile(r"([A-Za-z][\w -]{0,60}):(?:\s+(.*))?\Z")
MAX_KEYS = 50


def split_front_matter(text: str) -> tuple[dict[str, Any], str]:
    """Return what the head of a file says, and the text with empty lines in its place."""
    head = HEAD.match(text)
    if head is None or not any(PAIR.match(line) for line in head[1].split("\n")):
        return {}, text
    said: dict[str, Any] = {}
    key = ""
    for line in head[1].split("\n"):
        pair = PAIR.match(line)
        if pair and len(said) < MAX_KEYS:
            key = pair[1].strip()
            said[key] = _value((pair[2] or "").strip())
        elif key and (entry := re.match(r"\s*-\s+(.+)", line)):
            known = said[key] if isinstance(said[key], list) else []
            said[key] = [*known, _value(entry[1].strip())]
        elif key and line.strip() and isinstance(said[key], str):
            said[key] = f"{said[key].lstrip('>|')} {line.strip()}".strip()
    return said, "\n" * head[0].count("\n") + text[head.end() :]


def _value(text: str) -> Any:
    if text[:1] in ('"', "[", "{") or re.fullmatch(r"-?\d{1,15}|true|false|null", text):
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            pass
    if text.startswith("[") and text.endswith("]"):
        return [one.strip().strip("'\"") for one in text[1:-1].split(",") if one.strip()]
    return text.strip("'\"")


def labels_of(said: dict[str, Any]) -> tuple[str, ...]:
    """Return the tags that a head names."""
    tags = said.get("tags", [])
    words = tags if isinstance(tags, list) else re.split(r"[,\s]+", str(tags))
    return tuple("-".join(str(word).split())[:100] for word in words if str(word).strip())[:100]
