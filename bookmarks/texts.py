"""The main texts of pages, kept for search and for reading. Import `keep_text`, `text_of`.

They are compressed, in a table of their own, so that no list of pages has to carry them along.
"""

import zlib

from django.utils import timezone

from bookmarks.models import Page, PageText

MAX_LENGTH = 200_000


def keep_text(page_id: int, text: str) -> None:
    """Keep the text of a page, its first 200,000 characters; an empty one drops what was kept."""
    kept = text[:MAX_LENGTH].strip()
    if not kept:
        PageText.objects.filter(page_id=page_id).delete()
        return
    packed = zlib.compress(kept.encode("utf-8", "replace"))
    PageText.objects.update_or_create(
        page_id=page_id, defaults={"packed": packed, "updated_at": timezone.now()}
    )


def text_of(page: Page) -> str:
    """Return the text of a page, "" when none is kept."""
    packed = PageText.objects.filter(page_id=page.pk).values_list("packed", flat=True).first()
    return zlib.decompress(packed).decode() if packed else ""
