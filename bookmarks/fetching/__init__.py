"""The outside world: asking for a page and understanding it, without Django.

Import `fetch_page` from `bookmarks.fetching.fetch` and `read_page` from
`bookmarks.fetching.reader`, which calls `bookmarks.fetching.extract` in a process of its own.
`FetchPolicy` from `bookmarks.fetching.policy` says what may be asked for, and every failure is a
`FetchError` from `bookmarks.fetching.errors`.
"""
