"""Understanding a PDF: title, authors, abstract, identifiers, length; import `extract_pdf`.

Pure, but for use where a file may do its worst: in the process of bookmarks.fetching.reading_child.
pypdf is imported with the first PDF only, since most pages are none.
"""

from bookmarks.fetching.pdf.facts import extract_pdf

__all__ = ["extract_pdf"]
