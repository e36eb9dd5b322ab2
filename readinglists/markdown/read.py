"""Reads a reading list from Markdown, however it was written. Import `read_markdown`.

Pure, and bounded: at most 5 MB and 5,000 items.
"""

import html
import re

from bookmarks.drafts import UNPRINTABLE
from readinglists.drafts import MAX_NOTE, MAX_TITLE
from readinglists.markdown.blocks import read_blocks
from readinglists.markdown.bodies import Body, read_body
from readinglists.markdown.entry import Context, read_entry
from readinglists.markdown.entry_lists import is_contents_list, is_entry_list
from readinglists.markdown.exact import claims_exact, read_exact
from readinglists.markdown.front_matter import labels_of, split_front_matter
from readinglists.markdown.labels import is_apart, is_contents, is_generic
from readinglists.markdown.parts import Part, read_parts
from readinglists.markdown.prose import is_about, is_bare_link, is_headline
from readinglists.markdown.targets import slug_of
from readinglists.markdown.titled import read_titled
from readinglists.markdown.tree import (
    MAX_BYTES,
    MAX_ITEMS,
    Dropped,
    ReadItem,
    ReadMarkdown,
    ReadSection,
    TooMuch,
    Unparsed,
)
from readinglists.markdown.write import OWN_KEYS, Heading

# More blocks than 5,000 items with notes have; parsers take their time with each.
MAX_BLOCKS = 25_000
BLOCKS = re.compile(
    r"(?m)^[ \t>]*(?:[-*+]|\d{1,9}[.)]|#{1,6}|\||<)|^\s*\n|<(?:li|tr|td|th|p|h\d|div|details)\b"
)
# More paragraphs than stand at the foot of a file.
MAX_FOOT = 50
MAX_LINKS = 100_000
LINKS = re.compile(r"\]\(|<a\s|https?://")
HEADINGS = re.compile(r"(?m)^ {0,3}#{1,6}[ \t]*(\S.*)$")
MAX_LINES = 100_000
ADDRESS = re.compile(r"https?://[^\s<>\"'\]()`|]+")
NOT_LINKS = re.compile(
    r"!\[[^\[\]\n]{0,500}\]\([^\[)\n]{0,2000}\)|<img\b[^<>]{0,2000}>"
    r"|<!--(?:(?!<!--).){0,20000}?-->",
    re.I | re.S,
)


def read_markdown(text: str, base: str = "") -> ReadMarkdown:
    """Return the list that a file of Markdown holds; `base` is the address it came from.

    A file that was written here is read back as it was. Raises TooMuch.
    """
    if len(text) > MAX_BYTES or len(text.encode("utf-8", "replace")) > MAX_BYTES:
        raise TooMuch(f"A file has {MAX_BYTES // 1024 // 1024} MB at most.")
    text = UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if claims_exact(text) and (found := _exactly(text)):
        return _counted(found)
    _check_bounds(text)
    front, body = split_front_matter(text)
    read = ReadMarkdown(front_matter=front, labels=labels_of(front))
    read.title = str(front.get("title") or "")[:MAX_TITLE]
    if titled := read_titled(body):
        read.description, read.top.items = titled
        return _counted(read)
    blocks, references = read_blocks(body)
    names = frozenset(slug_of(found) for found in HEADINGS.findall(body))
    context = Context(base, names, references)
    _Outline(read, context).fill(read_parts(blocks, context))
    _note_lost(body, read)
    return _counted(read)


def _check_bounds(text: str) -> None:
    """Turn away, before it is parsed, what is no list of 5,000 items at most."""
    lines = text.count("\n")
    if lines > MAX_LINES:
        raise TooMuch(f"A list has {MAX_LINES:,} lines at most; this file has {lines:,}.")
    for pattern, most, what in ((BLOCKS, MAX_BLOCKS, "lines"), (LINKS, MAX_LINKS, "links")):
        found = sum(1 for _ in pattern.finditer(text))
        if found > most:
            raise TooMuch(
                f"A list has {MAX_ITEMS:,} items at most; this file has {found:,} {what}, which is"
                " too many to look through. Divide it."
            )


def _says_something(item: ReadItem) -> bool:
    return bool(item.draft.url or item.draft.title or item.draft.note)


def _counted(read: ReadMarkdown) -> ReadMarkdown:
    read.description = _cut(read.description, 1, read)
    for section in read.top.walk():
        section.note = _cut(section.note, section.line, read)
        for item in [one for one in section.items if not _says_something(one)]:
            section.items.remove(item)
            read.dropped.append(Dropped(item.line, "…", "an entry that says nothing"))
    count = len(read.items())
    if count > MAX_ITEMS:
        raise TooMuch(f"A list has {MAX_ITEMS:,} items at most; this one has {count:,}.")
    return read


def _cut(note: str, line: int, read: ReadMarkdown) -> str:
    """Return as much of a note as is kept; what is behind that is told."""
    if rest := note[MAX_NOTE:]:
        read.unparsed.append(Unparsed(line, f"{rest[:200]}…"))
    return note[:MAX_NOTE].strip()


def _exactly(text: str) -> ReadMarkdown | None:
    """Return a list that was written here; None where somebody changed its form since."""
    found = read_exact(text)
    if found is None:
        return None
    head, parts = found
    more = {key: value for key, value in head.more.items() if key not in OWN_KEYS}
    read = ReadMarkdown(head.title, head.description, head.labels, more)
    stack = [read.top]
    for part in parts:
        if isinstance(part, Heading):
            while stack[-1].level >= part.level:
                stack.pop()
            section = ReadSection(part.title, part.level, 0, part.note)
            stack[-1].sections.append(section)
            stack.append(section)
        else:
            stack[-1].items.append(ReadItem(0, part))
    return read


class _Outline:
    """Puts the parts of a file together as a list."""

    def __init__(self, read: ReadMarkdown, context: Context) -> None:
        self.read, self.context = read, context
        self.count = 0
        self.intro: list[str] = []
        # The words below the items of the section read last.
        self.foot: tuple[ReadSection, Body] | None = None

    def fill(self, root: Part) -> None:
        """Read the whole file into the list."""
        parts = root.parts
        if parts and parts[0].level == 1 and parts[0].real and self.is_title(parts[0], parts):
            self.read.title = self.read.title or parts[0].title
            self.title_links(parts[0])
            root.blocks += parts[0].blocks
            root.parts = parts[0].parts + parts[1:]
        before = read_body(root.blocks, "", self.context, before_all=bool(root.parts))
        self.add(before, self.read.top)
        self.walk(root, self.read.top)
        self.prune()
        self.drop_foot()
        notes = [self.read.top.note, *self.intro]
        self.read.top.note = ""
        said = self.read.front_matter.get("description")
        self.read.description = "\n\n".join(filter(None, [str(said or ""), *notes]))

    def is_title(self, first: Part, parts: list[Part]) -> bool:
        """Tell whether the first heading names the list, and not a section among others."""
        if not any(part.level == 1 for part in parts[1:]):
            return True
        return not self.has_items(first)

    def has_items(self, part: Part) -> bool:
        return any(
            block.kind == "table" or (block.kind == "list" and is_entry_list(block, self.context))
            for block in part.blocks
        )

    def walk(self, part: Part, section: ReadSection) -> None:
        """Read the parts below a part into the sections below a section."""
        as_items = self.are_items(part.parts)
        for below in part.parts:
            if is_apart(below.title) and below.real and not (below.level == 1 and below.parts):
                self.drop(below, f"“{below.title}” is about the file")
            elif as_items and self.is_item(below) and not section.sections:
                section.items.append(self.item(below))
                self.count += 1
            elif is_contents(below.title) and self.is_contents_part(below):
                self.add(read_body(below.blocks, "", self.context), section)
                self.walk(below, section)
            elif not below.real:
                self.soft_section(below, section)
            else:
                self.section(below, section)

    def title_links(self, part: Part) -> None:
        """Note what the heading of the file links to: badges, or the site of the list."""
        if part.heading and self.context.links(part.heading.text):
            self.read.dropped.append(Dropped(part.line, part.source, "badges"))

    def soft_section(self, part: Part, above: ReadSection) -> None:
        """Make a section of a bold line or summary if items follow it, else words."""
        body = read_body(part.blocks, part.title, self.context)
        new = ReadSection(part.title, above.level + 1, part.line)
        new.continued = not part.source
        if body.items or body.groups:
            above.sections.append(new)
            self.add(body, new)
            return
        if body.notes and part.source:
            body.notes.insert(0, part.source if "<" not in part.source else f"**{part.title}**")
        self.add(body, above)

    def section(self, part: Part, above: ReadSection) -> None:
        title = part.title or "…"
        new = ReadSection(title, above.level + 1, part.line)
        above.sections.append(new)
        if self.is_item(part):
            new.items.append(self.item(part))
            self.count += 1
        else:
            if part.heading and self.context.links(part.heading.text):
                new.note = part.heading.text
            words = is_about(part.title)
            self.add(read_body(part.blocks, part.title, self.context, words=words), new)
        self.walk(part, new)

    def add(self, body: Body, section: ReadSection) -> None:
        """Put what was read below a heading into its section."""
        section.items += body.items
        section.note = "\n\n".join(filter(None, [section.note, *body.notes]))
        for group in body.groups:
            new = ReadSection(group.title[:MAX_TITLE], section.level + 1, group.line)
            new.items = group.items
            section.sections.append(new)
        self.count += len(body.items) + sum(len(group.items) for group in body.groups)
        self.read.dropped += body.dropped
        self.read.unparsed += body.unparsed
        if body.items or body.groups:
            self.foot = (section, body)
        if self.count > MAX_ITEMS:
            raise TooMuch(f"A list has {MAX_ITEMS:,} items at most; this file has more.")

    def is_contents_part(self, part: Part) -> bool:
        lists = [block for block in part.blocks if block.kind == "list"]
        return all(is_contents_list(block, self.context) for block in lists)

    def are_items(self, parts: list[Part]) -> bool:
        """Tell whether headings beside each other are items: most of them must look so."""
        leaves = [
            one
            for one in parts
            if one.real and not is_contents(one.title) and not is_apart(one.title)
        ]
        found = sum(self.is_item(part) for part in leaves)
        return found > 1 and found * 10 >= 7 * len(leaves)

    def is_item(self, part: Part) -> bool:
        """Tell whether a heading is an item: with a link of its own or a "Link to Course"."""
        if part.parts or not part.real or part.heading is None or self.has_items(part):
            return False
        words = [block.text for block in part.blocks if block.kind == "paragraph"]
        if sum(is_bare_link(text, self.context) for text in words) > 1:
            return False
        if any(is_headline(text, self.context) for text in words):
            return False
        return bool(self.context.links(part.heading.text)) or any(map(self.is_link, words))

    def is_link(self, text: str) -> bool:
        """Tell whether a paragraph begins with a link that does not say what it leads to."""
        links = self.context.links(text)
        if not links or re.search(r"\w", text[: links[0].run.start]):
            return False
        return all(is_generic(one.label) or one.run.text == one.run.href for one in links)

    def item(self, part: Part) -> ReadItem:
        """Return the item of a heading: its links from below it, the rest as its note."""
        heading = part.heading.text if part.heading else part.title
        links = [b.text for b in part.blocks if b.kind == "paragraph" and self.is_link(b.text)]
        others = [
            b.source
            for b in part.blocks
            if b.kind != "rule" and not (b.kind == "paragraph" and b.text in links)
        ]
        named = self.context.links(heading)
        return read_entry(
            "\n".join([heading, *links] if named else links),
            part.line,
            self.context,
            named="" if named else part.title,
            more_note="\n\n".join(others),
        )

    def drop(self, part: Part, reason: str) -> None:
        """Leave out a part with all below it, and say so of each."""
        words = "\n".join([part.source, *(block.source for block in part.blocks)]).strip()
        self.read.dropped.append(Dropped(part.line, words, reason))
        for below in part.parts:
            self.drop(below, reason)

    def prune(self) -> None:
        """Leave out sections without items at both ends: an introduction, words at the foot."""
        top, seen = self.read.top, bool(self.read.top.items)
        for section in list(top.sections):
            if any(one.items for one in section.walk()):
                seen = True
            elif not seen:
                for one in section.walk():
                    if one.note:
                        self.intro.append(f"**{one.title}**\n\n{one.note}")
                    else:
                        dropped = Dropped(one.line, one.title, "a heading with nothing below it")
                        self.read.dropped.append(dropped)
                top.sections.remove(section)
        self.prune_end(top)

    def prune_end(self, above: ReadSection) -> None:
        """Leave out the last sections below a section as long as nothing is listed there."""
        while above.sections:
            last = above.sections[-1]
            self.prune_end(last)
            if last.items or last.sections:
                break
            above.sections.pop()
            words = f"{last.title}\n{last.note}".strip()
            self.read.dropped.append(Dropped(last.line, words, "nothing is listed there"))

    def drop_foot(self) -> None:
        """Leave out paragraphs with links below the last items of the file: its footer."""
        if self.foot is None or self.foot[0] is not list(self.read.top.walk())[-1]:
            return
        section, body = self.foot
        for block in body.foot[-MAX_FOOT:]:
            if "](" in block.text and section.note.endswith(body.notes[-1]):
                section.note = section.note.replace(block.source, "").strip()
                self.read.dropped.append(Dropped(block.line, block.source, "words at the foot"))


def _note_lost(text: str, read: ReadMarkdown) -> None:
    """Say of every address of the file that is nowhere in what was read on which line it stands."""
    words = [read.description, *(one.text for one in read.dropped)]
    words += [one.text for one in read.unparsed]
    for section in read.top.walk():
        words += [section.note, section.title]
        for item in section.items:
            draft = item.draft
            words += [draft.url, draft.note, draft.title, *(one.url for one in draft.alternates)]
    known = {_key(found) for found in ADDRESS.findall("\n".join(words))}
    for number, line in enumerate(_without_pictures(text).split("\n"), 1):
        if "http" in line and any(_key(one) not in known for one in ADDRESS.findall(line)):
            read.unparsed.append(Unparsed(number, line.strip()[:500]))


def _without_pictures(text: str) -> str:
    return NOT_LINKS.sub(lambda found: "\n" * found[0].count("\n"), text)


def _key(url: str) -> str:
    return (
        html.unescape(url)
        .replace("\\", "")
        .rstrip(".,;:!?*_")
        .casefold()
        .split("%20")[0]
        .removesuffix("&embed")
    )
