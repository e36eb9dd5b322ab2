"""The methods `user/…`: the keys of the caller."""

from django.http import HttpResponseBase

from accounts.tokens import TooManyTokens, make_token
from bookmarks.api.pinboard import answers
from bookmarks.api.pinboard.methods import Call, method
from bookmarks.api.pinboard.parameters import BadParameter

LABEL = "made by a program"


@method()
def secret(call: Call) -> HttpResponseBase:
    """Show the key of one's private feeds."""
    return answers.result(call.form, call.user.feed_key)


@method()
def api_token(call: Call) -> HttpResponseBase:
    """Show the HEX of the token that was presented; for a password make one.

    Tokens are kept as digests, so that an older one cannot be shown again.
    """
    if call.caller.token:
        return answers.result(call.form, call.caller.token)
    try:
        made = make_token(call.user, LABEL)
    except TooManyTokens as error:
        raise BadParameter(f"something went wrong: {error}") from None
    return answers.result(call.form, made.rpartition(":")[2])
