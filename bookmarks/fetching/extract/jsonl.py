"""Extraction as a filter of JSON lines, for tools that measure it; import `serve_jsonl`."""

import base64
import json
from dataclasses import asdict
from typing import IO, Any

from bookmarks.fetching.extract import extract


def serve_jsonl(stdin: IO[str], stdout: IO[str]) -> None:
    """Answer each line {"html_b64", "url", "content_type"} with a line of that page's facts.

    A line that is no such question is answered with {"error": ...}, so that answers stay in step.
    """
    for line in stdin:
        if line.strip():
            stdout.write(json.dumps(_answer(line), ensure_ascii=False) + "\n")
            stdout.flush()


def _answer(line: str) -> dict[str, Any]:
    try:
        question = json.loads(line)
        body = base64.b64decode(question["html_b64"], validate=True)
        url, content_type = str(question.get("url", "")), str(question.get("content_type", ""))
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError) as error:
        return {"error": f"{type(error).__name__}: {error}"[:200]}
    return asdict(extract(body, url, content_type))
