"""What an account has in reading lists, as records on the way out and in.

The parts are named in ACCOUNT_PARTS; bookmarks.account_copy tells what a part is.
"""
