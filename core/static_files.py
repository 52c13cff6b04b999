"""How the styles, the typeface and the scripts are named and stored."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Files named by their content, the imports of scripts too, so that no page mixes a new script with an old one."""

    support_js_module_import_aggregation = True
