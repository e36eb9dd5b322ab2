"""The sample site: believable people and what they read. Import `read_sample`, `fill`.

The data are the TOML files beside this one: `people.toml`, `sites.toml` and one file a subject in
`pages/`. Titles, authors, dates and addresses are facts; every description and excerpt is written
for Softmarks.
"""

from bookmarks.sample_data.filling import Filled, NameInUse, fill
from bookmarks.sample_data.reading import Sample, SamplePage, SampleSave, read_sample

__all__ = ["Filled", "NameInUse", "Sample", "SamplePage", "SampleSave", "fill", "read_sample"]
