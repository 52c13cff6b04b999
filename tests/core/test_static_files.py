"""The files that a browser is given: named by what is in them, with the names that scripts import."""

from __future__ import annotations

import re
from pathlib import Path

from django.core.files.base import ContentFile

from core.static_files import HashedFiles
from tests.architecture.sources import ROOT


def test_what_a_script_imports_is_named_by_its_content_too(tmp_path: Path) -> None:
    scripts = {f"js/{path.name}": path for path in (ROOT / "static" / "js").glob("*.js")}
    storage = HashedFiles(location=tmp_path, base_url="/static/")
    for name, path in scripts.items():
        storage.save(name, ContentFile(path.read_bytes()))
    for _ in storage.post_process({name: (storage, name) for name in scripts}):
        pass
    imported = {
        name: re.findall(r'from "\./([^"]+)"', (tmp_path / storage.stored_name(name)).read_text()) for name in scripts
    }
    assert imported["js/send.js"]
    for name, others in imported.items():
        for other in others:
            assert re.fullmatch(r"[a-z]+\.[0-9a-f]{12}\.js", other), name
            assert (tmp_path / "js" / other).exists()
