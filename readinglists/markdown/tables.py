"""Makes items of the rows of a table. Import `read_table`.

Pure. A row is one item; the headings of the columns say what the cells are.
"""

import re
from collections import Counter
from dataclasses import replace

from readinglists.drafts import (
    MAX_ALTERNATES,
    MAX_AUTHORS,
    MAX_NOTE,
    MAX_VENUE,
    AlternateDraft,
    role_of,
)
from readinglists.markdown.blocks import Block
from readinglists.markdown.entry import Context, read_entry
from readinglists.markdown.labels import is_generic, plain_words
from readinglists.markdown.said import year_in
from readinglists.markdown.tree import ReadItem

TITLES = (
    "title",
    "name",
    "paper",
    "course",
    "book",
    "resource",
    "article",
    "project",
    "model",
    "dataset",
    "tool",
    "notebook",
    "lecture",
    "video",
    "topic",
    "framework",
    "library",
    "标题",
    "论文",
)
COLUMNS = {
    "number": r"#|no\.?|nr\.?|id|index|rank|序号",
    "authors": r"authors?|by|instructors?|作者",
    "venue": r"venue|conference|journal|published( in)?|publication|pub\.?|where|会议",
    "year": r"years?|date|released?|release date|time|published on|年份|日期",
    # What is said of an item in so many words.
    "note": r"notes?|descriptions?|comments?|summary|abstract|about|remarks?|tl;?dr|简介|描述",
}

# What tags are read of: code and badges.
TAGGED = re.compile(r"`|!\[|<img", re.I)


def read_table(table: Block, context: Context) -> list[ReadItem] | None:
    """Return an item for each row; None for a table that lists nothing."""
    head, *rows = table.rows
    heads = [plain_words("".join(run.text for run in context.runs(cell))) for cell in head]
    linked = [bool(context.links(" ".join(row))) for row in rows]
    if not rows or sum(linked) * 2 < len(rows) or not any(linked):
        return None
    column = _title_column(heads, rows, context)
    lines = table.row_lines[1:] or [table.line] * len(rows)
    return [
        _item(heads, row, column, line, context)
        for row, line in zip(rows, lines, strict=False)
        if any(re.search(r"\w", cell) for cell in row)
    ]


def _title_column(heads: list[str], rows: list[list[str]], context: Context) -> int:
    """Return the column of the titles: by its heading, else where most links have names."""
    named: Counter[int] = Counter()
    worded: Counter[int] = Counter()
    for row in rows[:50]:
        for place, cell in enumerate(row):
            links = context.links(cell)
            named[place] += bool(links) and not is_generic(links[0].label)
            words = plain_words("".join(run.text for run in context.runs(cell)))
            worded[place] += len(re.findall(r"[^\W\d_]", words)) > 2 and not is_generic(words)
    for wanted in TITLES:
        for place, head in enumerate(heads):
            if wanted in head.lower().split() and worded[place] * 2 >= min(len(rows), 50):
                return place
    if named and named.most_common(1)[0][1] * 2 >= min(len(rows), 50):
        most = named.most_common(1)[0][1]
        return next(place for place in sorted(named) if named[place] == most)
    return next(
        (
            place
            for place in sorted(worded)
            if worded[place] * 2 >= min(len(rows), 50)
            and not _is("year", heads, place)
            and not _is("number", heads, place)
        ),
        0,
    )


def _is(kind: str, heads: list[str], place: int) -> bool:
    head = heads[place].lower() if place < len(heads) else ""
    return re.fullmatch(COLUMNS[kind], head) is not None


def _item(heads: list[str], row: list[str], column: int, line: int, context: Context) -> ReadItem:
    """Return the item of a row."""
    title = row[column] if column < len(row) else ""
    item = read_entry(title, line, context)
    draft, notes = item.draft, [item.draft.note]
    urls = {one.url: one for one in draft.alternates}
    for place, cell in enumerate(row):
        if place == column or not cell.strip():
            continue
        head = heads[place] if place < len(heads) else ""
        said = read_entry(cell, line, context, numbered=False) if TAGGED.search(cell) else None
        words = _plain(cell, context)
        for url, label in _links(cell, head, context):
            known = _alternate(url, label)
            if url != draft.url and not draft.url:
                draft = replace(draft, url=url)
            elif url != draft.url:
                urls.setdefault(url, known)
        if _is("number", heads, place):
            draft = replace(draft, number=words[:12].strip())
        elif _is("authors", heads, place):
            draft = replace(draft, authors_text=words[:MAX_AUTHORS].strip())
        elif _is("venue", heads, place) and words:
            draft = replace(
                draft, venue=words[:MAX_VENUE].strip(), year=draft.year or year_in(words)
            )
        elif _is("year", heads, place):
            draft = replace(draft, year=year_in(words) or draft.year)
        elif words:
            notes.append(words if _is("note", heads, place) or not head else f"{head}: {words}")
        if said is not None:
            labels = tuple(dict.fromkeys((*draft.labels, *said.draft.labels)))
            draft = replace(draft, labels=labels)
    kept = list(urls.values())
    notes += [f"[{one.label or one.url}]({one.url})" for one in kept[MAX_ALTERNATES:]]
    note = " · ".join(filter(None, notes))[:MAX_NOTE]
    return replace(item, draft=replace(draft, note=note, alternates=tuple(kept[:MAX_ALTERNATES])))


def _alternate(url: str, label: str) -> AlternateDraft:
    """Return another link of a row."""
    return AlternateDraft(url, role_of(label, url), label[:100].strip())


def _links(cell: str, head: str, context: Context) -> list[tuple[str, str]]:
    """Return the links of a cell; one that names nothing is called as its column is."""
    found = []
    for link in context.links(cell):
        label = link.label if not link.label.startswith("http") else ""
        weak = not re.search(r"[^\W\d_]", label) or plain_words(label).lower() in (
            "link",
            "here",
            "",
        )
        found.append((link.url, head if weak else label))
    return found


def _plain(cell: str, context: Context) -> str:
    """Return the words of a cell; what links call themselves only if it says which."""
    runs = [run for run in context.runs(cell) if run.kind != "image"]
    words = [
        ""
        if run.kind == "link" and (run.src or is_generic(run.text) or run.text == run.href)
        else run.text
        for run in runs
        if run.kind != "mark"
    ]
    text = " ".join("".join(words).split()).strip(" ,;|/·[]()-–—")
    return text if re.search(r"\w", text) else ""
