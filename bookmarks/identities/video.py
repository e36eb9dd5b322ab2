"""YouTube; import `SOURCES`. Identifiers have 11 characters and depend on case."""

import re
from dataclasses import replace

from bookmarks.identities.address import Address, read_address
from bookmarks.identities.recognised import Recognised, known, path_pattern, source

VIDEO_ID = r"[A-Za-z0-9_-]{11}"
# These look like identifiers and are players of a list or of a channel.
NOT_VIDEOS = frozenset(("videoseries", "live_stream"))
VIDEO = re.compile(rf"({VIDEO_ID})\Z")
SHORT = path_pattern(rf"/(?P<id>{VIDEO_ID})", any_case=False)
PLAYER = path_pattern(rf"/(?:embed|v|live|shorts)/(?P<id>{VIDEO_ID})", any_case=False)
# Lists everyone can open; WL and LL are a person's own, RD… is a mix made for the moment.
PLAYLIST = re.compile(r"(?!RD)[A-Za-z0-9_-]{3,64}\Z")
START = re.compile(r"(?:(\d{1,3})h)?(?:(\d{1,4})m)?(?:(\d{1,6})s?)?\Z", re.ASCII)

HOSTS = frozenset(
    ("youtube.com", "m.youtube.com", "music.youtube.com", "youtube-nocookie.com", "youtu.be")
)


def recognise_youtube(address: Address) -> Recognised | None:
    """A video, with the second it shall start at, or a playlist."""
    identifier = _video_id(address)
    if identifier and identifier not in NOT_VIDEOS:
        url = f"https://www.youtube.com/watch?v={identifier}"
        return replace(known(f"youtube:{identifier}", url, "video"), start=_start(address))
    playlist = address.parameter("list")
    if address.path in ("/playlist", "/embed/videoseries") and PLAYLIST.match(playlist):
        url = f"https://www.youtube.com/playlist?list={playlist}"
        return known(f"youtube-playlist:{playlist}", url, "course")
    return None


def recognise_consent(address: Address) -> Recognised | None:
    """The video behind the page on which Google asks for consent."""
    wanted = read_address(address.parameter("continue"))
    return recognise_youtube(wanted) if wanted and wanted.host in HOSTS else None


def _video_id(address: Address) -> str:
    if address.path == "/watch":
        match = VIDEO.match(address.parameter("v"))
        return match[1] if match else ""
    match = (SHORT if address.host == "youtu.be" else PLAYER).match(address.path)
    return match["id"] if match else ""


def _start(address: Address) -> int:
    """The offset in seconds: `t=90`, `t=1m30s`, `start=90`, `#t=90`."""
    fragment = address.fragment.removeprefix("t=") if address.fragment.startswith("t=") else ""
    match = START.match(address.parameter("t") or address.parameter("start") or fragment)
    hours, minutes, seconds = (int(part or 0) for part in match.groups()) if match else (0, 0, 0)
    return hours * 3600 + minutes * 60 + seconds


SOURCES = (
    source(recognise_youtube, *HOSTS),
    source(recognise_consent, "consent.youtube.com"),
)
