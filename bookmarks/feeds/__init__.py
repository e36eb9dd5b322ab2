"""Every list as a feed, as Atom, RSS 2.0, JSON Feed and Pinboard's forms. Import `feeds.urls`.

A feed is the same list as the page, in another skin: a path is read (`asked`), its list becomes a
`Feed` of `Entry` (`entries`), and a writer (`atom`, `rss`, `jsonfeed`, `rdf`,
`pinboard_json`) puts it down.
"""
