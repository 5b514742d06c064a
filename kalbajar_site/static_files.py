"""Static files: the hash of their content in their names, compressed; and a site that works before they are made."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage that gives the plain name of a file which ``collectstatic`` has not seen yet.

    Articles can then be loaded and published by command right after ``migrate``; finished pages are made anew when the
    names change (``articles.pages.release``).
    """

    # Modules import one another by path; their names in the import are hashed like any other.
    support_js_module_import_aggregation = True

    def stored_name(self, name):
        """Return the hashed name, or ``name`` where there is none."""
        try:
            return super().stored_name(name)
        except ValueError:
            return name
