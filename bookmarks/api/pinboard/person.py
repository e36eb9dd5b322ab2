"""The methods `user/…`: the keys of the caller."""

from django.http import HttpResponseBase

from accounts.tokens import TooManyTokens, make_program_token
from bookmarks.api.pinboard import answers
from bookmarks.api.pinboard.methods import Call, method
from bookmarks.api.pinboard.parameters import BadParameter


@method()
def secret(call: Call) -> HttpResponseBase:
    """Show the key of one's private feeds."""
    return answers.result(call.form, call.user.feed_key)


@method()
def api_token(call: Call) -> HttpResponseBase:
    """Show the HEX of the token that was presented; for a password make one.

    Tokens are kept as digests, so that an older one cannot be shown again. Of those made here the
    one longest out of use goes when they become many.
    """
    if call.caller.token:
        return answers.result(call.form, call.caller.token)
    try:
        made = make_program_token(call.user)
    except TooManyTokens as error:
        raise BadParameter(f"something went wrong: {error}") from None
    return answers.result(call.form, made.rpartition(":")[2])
