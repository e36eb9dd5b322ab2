"""What a fork has last seen of its upstream."""

from django.db import models

from readinglists.models.item import Item
from readinglists.models.reading_list import ReadingList


class ForkedItem(models.Model):
    """How an item of the upstream stood when the fork's editors last took it or let it be.

    What is different now is what upstream did since. `item` None: the fork does not have it, and
    does not want it. `upstream` None: it is gone there.
    """

    reading_list = models.ForeignKey(
        ReadingList, on_delete=models.CASCADE, related_name="forked_items", db_index=False
    )
    item = models.OneToOneField(
        Item, null=True, blank=True, on_delete=models.SET_NULL, related_name="forked"
    )
    upstream = models.ForeignKey(
        Item, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    section_id = models.BigIntegerField(
        null=True, blank=True, help_text="the upstream's section it was in, which may be gone"
    )
    rank = models.BigIntegerField(help_text="its place among those of that section")
    changed_at = models.DateTimeField(help_text="of the upstream's item")
    digests = models.JSONField(default=dict, help_text="of each field that was not empty")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reading_list", "upstream"],
                name="forked_item_once",
                condition=models.Q(upstream__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["reading_list", "section_id", "rank"], name="forked_in_order")
        ]

    def __str__(self) -> str:
        return f"{self.item_id} of {self.upstream_id}"
