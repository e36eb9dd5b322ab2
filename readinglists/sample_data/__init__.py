"""Reading lists of the sample site, as `lists.toml` tells them. Import `fill_lists`."""

from readinglists.sample_data.filling import fill_lists

__all__ = ["fill_lists"]
