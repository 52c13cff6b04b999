"""Where the styles, the typeface and the scripts are served from."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Files named by their content. What a script imports is named so too, so no page gets a new script and an old one."""

    support_js_module_import_aggregation = True
