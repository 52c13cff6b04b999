"""The web server's own logs, without the tokens that addresses carry and without what exceptions say."""

from __future__ import annotations

from typing import Any

from gunicorn.glogging import Logger

from config.logs import JsonFormatter
from config.secret_paths import without_tokens


class AccessLogger(Logger):  # type: ignore[misc]
    """As gunicorn's own; whoever reads the log cannot read anybody's calendar, nor what a request held."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(JsonFormatter())

    def atoms(self, resp: Any, req: Any, environ: Any, request_time: Any) -> dict[str, Any]:
        """The path is the decoded one, so that a token written in another way is found as well."""
        atoms: dict[str, Any] = super().atoms(resp, req, environ, request_time)
        path = without_tokens(str(environ.get("PATH_INFO", "")))
        asked = f"{environ.get('REQUEST_METHOD')} {path} {environ.get('SERVER_PROTOCOL')}"
        return atoms | {"r": asked, "U": path, "q": "", "f": without_tokens(str(atoms.get("f", "-")))}
