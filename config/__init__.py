"""The machine room: settings, URLs, checks, the queue and what starts it all.

It imports nothing, so that `python -m config.launch` runs on a bare Python.
"""
