"""What is stored of reading lists: lists, items, who reads what, suggestions and study groups."""

from readinglists.models.citation import CitationKey
from readinglists.models.fork import ForkedItem
from readinglists.models.group import (
    GroupMember,
    GroupNote,
    GroupQuestion,
    GroupSession,
    SessionEntry,
    StudyGroup,
    StudyGroupQuerySet,
)
from readinglists.models.importing import ListImport
from readinglists.models.item import Item, ItemAlternate, Prerequisite, Section
from readinglists.models.progress import ListReading, Progress
from readinglists.models.reading_list import (
    ListEditor,
    ListFollow,
    ReadingList,
    ReadingListQuerySet,
)
from readinglists.models.removed import RemovedItem
from readinglists.models.suggestion import Suggestion

__all__ = [
    "CitationKey",
    "ForkedItem",
    "GroupMember",
    "GroupNote",
    "GroupQuestion",
    "GroupSession",
    "Item",
    "ItemAlternate",
    "ListEditor",
    "ListFollow",
    "ListImport",
    "ListReading",
    "Prerequisite",
    "Progress",
    "ReadingList",
    "ReadingListQuerySet",
    "RemovedItem",
    "Section",
    "SessionEntry",
    "StudyGroup",
    "StudyGroupQuerySet",
    "Suggestion",
]
