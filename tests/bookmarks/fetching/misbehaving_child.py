"""A reading process whose pages say what goes wrong in it."""

import os
import signal
import time

from bookmarks.fetching.extract import PageFacts
from bookmarks.fetching.reading_child import main, read_any

ENDINGS = {b"kill": signal.SIGKILL, b"crash": signal.SIGSEGV, b"busy": signal.SIGXCPU}


def read(body: bytes, url: str, content_type: str) -> PageFacts:
    """Do as the first word of a page says, or read it."""
    match body.partition(b" ")[0]:
        case b"kill" | b"crash" | b"busy" as ending:
            os.kill(os.getpid(), ENDINGS[ending])
        case b"loop":
            while True:
                pass
        case b"sleep":
            time.sleep(60)
        case b"memory":
            return PageFacts(title=str(len(bytearray(2 * 1024**3))))
        case b"raise":
            raise LookupError("no such thing")
        case b"print":
            print("a word in between")
        case b"open":
            return PageFacts(title=str(len([os.open("/dev/null", os.O_RDONLY) for _ in range(99)])))
        case b"together":
            time.sleep(0.2)  # until others have begun too
            return read(body.partition(b" ")[2], url, content_type)
        case b"pid":
            return PageFacts(title=str(os.getpid()))
        case b"environment":
            return PageFacts(title=" ".join(sorted(os.environ)))
    return read_any(body, url, content_type)


if __name__ == "__main__":
    main(read)
