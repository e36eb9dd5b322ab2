"""Every list as a feed, in three forms: Atom, RSS 2.0 and JSON Feed. Import `feeds.urls`.

A feed is the same list as the page, in another skin: a path is read (`asked`), its list becomes a
`Feed` of `Entry` (`entries`), and one of three writers (`atom`, `rss`, `jsonfeed`) puts it down.
"""
