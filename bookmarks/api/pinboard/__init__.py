"""Pinboard's API v1 (https://pinboard.in/api/) at `/v1/`, for the programs written for it.

Shapes, types and texts are those that its clients rely on, which are not everywhere those that
its documentation tells.
"""
