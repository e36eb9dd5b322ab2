"""File formats that bookmarks come and go in, one module a format; pure.

A module that reads has `LABEL` (the name people know it by), `looks_like(head)` and `read(file)`;
one that writes has `write(entries)`. Formats are told by what is in a file, not by its name; see
bookmarks.formats.recognising.
"""
