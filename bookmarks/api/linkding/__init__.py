"""linkding's REST API (https://linkding.link/api/) at `/api/`, for the programs written for it.

What each operation takes is declared once, in `routes`: the declarations check what is sent, and
`openapi` describes the API from them.
"""
