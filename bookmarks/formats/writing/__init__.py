"""Writers of bookmark files, one module a format, each with `write(entries, owner)`.

All of them yield text piece by piece, so that an account of any size needs the memory of one
bookmark. bookmarks.exporting hands them the bookmarks.
"""
