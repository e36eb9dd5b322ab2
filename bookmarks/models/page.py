"""A page of the web, shared by all who saved it, with what the worker read there."""

from django.db import models

from bookmarks.links import page_address


class PageQuerySet(models.QuerySet["Page"]):
    """How a page is found by its address."""

    def of(self, url: str) -> "Page":
        """Return the page of an address, made now unless there is one."""
        address = page_address(url)
        if page := self.at(address.key):
            return page
        page, _ = self.get_or_create(
            key=address.key,
            defaults={"url": address.url, "identity": address.identity, "kind": address.kind},
        )
        return page

    def unused(self) -> "PageQuerySet":
        """Return pages that nothing keeps: no bookmark, nor a row of another app.

        What keeps a page refers to it by a key with PROTECT.
        """
        unused = self
        for relation in Page._meta.related_objects:
            if relation.on_delete is models.PROTECT:
                keeps = {relation.field.name: models.OuterRef("pk")}
                rows = relation.related_model._default_manager.filter(**keeps)
                unused = unused.filter(~models.Exists(rows))
        return unused

    def at(self, key: str) -> "Page | None":
        """Return the page of a key, or the page that the key's address is known to be.

        One more query is needed only where no page has the key itself. A page that is being
        merged stands for the one it is merged into.
        """
        page = self.filter(key=key).first()
        if page is None:
            page = self.filter(alternates__key=key, alternates__same=True).first()
        if page and page.merged_into_id:
            return self.filter(pk=page.merged_into_id).first()
        return page


class Page(models.Model):
    """One row a page. Facts come from the page itself, never from a person."""

    class State(models.TextChoices):
        """What the last fetch came to."""

        NEW = "new", "waiting to be fetched"
        FETCHED = "fetched", "fetched"
        RETRYING = "retrying", "could not be fetched yet"
        FAILED = "failed", "could not be fetched"
        REFUSED = "refused", "is not fetched"
        GONE = "gone", "is gone"
        BLOCKED = "blocked", "does not let robots in"
        NOT_TEXT = "not_text", "is not a web page"

    key = models.CharField(max_length=40, unique=True, help_text="page_key() of its URL")
    url = models.TextField(help_text="where it is fetched")
    identity = models.TextField(blank=True, help_text="arxiv:1706.03762, github:owner/name, …")

    title = models.CharField(max_length=500, blank=True)
    excerpt = models.TextField(blank=True)
    authors = models.JSONField(default=list, blank=True)
    site_name = models.CharField(max_length=200, blank=True)
    published = models.CharField(max_length=40, blank=True, help_text="ISO 8601, as exact as known")
    modified = models.CharField(max_length=40, blank=True, help_text="ISO 8601, as exact as known")
    language = models.CharField(max_length=35, blank=True, help_text="BCP 47")
    canonical_url = models.TextField(blank=True)
    image = models.TextField(blank=True)
    kind = models.CharField(max_length=20, blank=True)
    word_count = models.PositiveIntegerField(null=True, blank=True)
    cjk_count = models.PositiveIntegerField(
        null=True, blank=True, help_text="characters of Chinese, Japanese, Korean, among the words"
    )
    details = models.JSONField(
        default=dict, blank=True, help_text="the rarer facts, by their names in PageFacts"
    )
    sources = models.JSONField(default=dict, blank=True, help_text="which source gave which fact")

    state = models.CharField(max_length=10, choices=State.choices, default=State.NEW)
    reason = models.CharField(max_length=300, blank=True, help_text="in words for the person")
    http_status = models.PositiveSmallIntegerField(null=True, blank=True)
    etag = models.CharField(max_length=500, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    fetched_at = models.DateTimeField(null=True, blank=True, help_text="last time facts were read")
    tried_at = models.DateTimeField(null=True, blank=True)
    retry_at = models.DateTimeField(null=True, blank=True)
    missing_since = models.DateTimeField(
        null=True, blank=True, help_text="when it was first answered that there is no such page"
    )
    check_at = models.DateTimeField(
        null=True, blank=True, help_text="when to look again whether it is still there"
    )
    troubles = models.PositiveSmallIntegerField(
        default=0, help_text="how often in a row it could not be read"
    )
    changed_at = models.DateTimeField(auto_now_add=True)

    public_saves = models.PositiveIntegerField(default=0)
    hot_at = models.DateTimeField(null=True, blank=True, help_text="bookmarks.heat.hot_at()")

    merged_into = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        help_text="the page that this one turned out to be, until its bookmarks are moved there",
    )

    objects = PageQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["-hot_at", "-id"],
                name="page_by_heat",
                condition=models.Q(public_saves__gte=2),
            ),
            models.Index(
                fields=["check_at"],
                name="page_to_check",
                condition=models.Q(check_at__isnull=False),
            ),
            models.Index(
                fields=["merged_into"],
                name="page_to_merge",
                condition=models.Q(merged_into__isnull=False),
            ),
            models.Index(
                fields=["state"],
                name="page_gone_or_blocked",
                condition=models.Q(state__in=["blocked", "gone"]),
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.url


class PageText(models.Model):
    """The main text of a page, for search and for reading; not on the page, which is read often.

    Written and read by bookmarks.texts alone.
    """

    page = models.OneToOneField(
        Page, on_delete=models.CASCADE, primary_key=True, related_name="text"
    )
    packed = models.BinaryField(help_text="UTF-8, compressed by zlib")
    updated_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.page_id)


class Alternate(models.Model):
    """Another address that has to do with a page: a version, its PDF, its code.

    With `same`, whoever saves that address saves this page: it redirects here, or the page
    itself says so. The addresses that `bookmarks.identities` knows to be of one identity need no
    row: they share the page's key.
    """

    class Role(models.TextChoices):
        """What is found there."""

        SAME = "same", "the same page"
        VERSION = "version", "a version"
        PDF = "pdf", "PDF"
        HTML = "html", "web page"
        CODE = "code", "code"
        VIDEO = "video", "video"
        DATA = "data", "data"
        PAPER = "paper", "paper"

    page = models.ForeignKey(
        Page, on_delete=models.CASCADE, related_name="alternates", db_index=False
    )
    key = models.CharField(max_length=40, db_index=True, help_text="page_key() of its URL")
    url = models.TextField()
    role = models.CharField(max_length=7, choices=Role.choices)
    same = models.BooleanField(default=False)
    source = models.CharField(max_length=60, blank=True, help_text="what told us")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["page", "key"], name="alternate_once_a_page"),
            models.UniqueConstraint(
                fields=["key"], name="alternate_of_one_page", condition=models.Q(same=True)
            ),
        ]

    def __str__(self) -> str:
        return self.url
