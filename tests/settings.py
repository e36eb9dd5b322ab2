"""The settings of the test runner: config.settings with a folder of its own and a fast hasher."""

import atexit
import os
import shutil
import tempfile

if "DATA_DIR" not in os.environ:  # bin/test gives one
    os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="softmarks-test-")
    atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)

from config.settings import *  # noqa: F403 - the folder has to be chosen first
from config.settings import DATA_DIR, DATABASES, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
RATE_LIMITS = False
CELERY_BROKER_URL = "memory://"  # tests with a worker start a real site; others must not publish
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
# On SQLite a file, because a database in memory locks otherwise than the real one.
IS_SQLITE = DATABASES["default"]["ENGINE"].endswith("sqlite3")
DATABASES["default"]["TEST"] = {
    "NAME": str(DATA_DIR / "test.sqlite3") if IS_SQLITE else "softmarks_test"
}

(DATA_DIR / "static").mkdir(parents=True, exist_ok=True)  # WhiteNoise warns when it is not there
