"""gunicorn's logs, without the tokens in addresses and without the texts of exceptions."""

from __future__ import annotations

from typing import Any

from gunicorn.glogging import Logger

from config.logs import JsonFormatter
from config.secret_paths import without_tokens


class AccessLogger(Logger):  # type: ignore[misc]
    """gunicorn's logger. Its log holds no calendar's token, and nothing of what a request held."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(JsonFormatter())

    def atoms(self, resp: Any, req: Any, environ: Any, request_time: Any) -> dict[str, Any]:
        """The parts of a log line. The path is the decoded one, so that a token in any spelling is found."""
        atoms: dict[str, Any] = super().atoms(resp, req, environ, request_time)
        path = without_tokens(str(environ.get("PATH_INFO", "")))
        request_line = f"{environ.get('REQUEST_METHOD')} {path} {environ.get('SERVER_PROTOCOL')}"
        return atoms | {"r": request_line, "U": path, "q": "", "f": without_tokens(str(atoms.get("f", "-")))}
