"""Citations: what is known of a work, as BibTeX, BibLaTeX, RIS and CSL-JSON."""
