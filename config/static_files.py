"""How static files are kept: hashed, compressed, and the modules that scripts import as well."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # untyped
    """Names each file by its content, in the imports of our JavaScript modules too."""

    support_js_module_import_aggregation = True
