# Two commands do everything on a fresh machine: make run, make test.

PYTHON ?= python3
BIN := .venv/bin
INSTALL := $(BIN)/pip install --quiet --disable-pip-version-check
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo "sudo -n")

.PHONY: run test test-long bench mutate simulasi pictures lock audit size generated packages browser builders

run: .venv/ready
	@echo "Menjalankan kantor contoh ..."
	$(BIN)/payung layani --contoh

test: .venv/ready-dev packages
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m compileall -q -j 0 processor  # once, not by each worker
	$(BIN)/python -m pytest -n auto --dist loadfile

# Thousands of new random examples where `make test` has fifty that never change.
test-long: .venv/ready-dev packages
	$(BIN)/python -m pytest -n auto --dist loadfile --timeout 3600 --hypothesis-profile long

bench: .venv/ready-dev
	$(BIN)/python -m tests.bench

# Whether the newest MkDocs, Material and Zensical still build the site; fails loudly. Asks PyPI; before a release, or weekly.
builders: .venv/ready-dev
	$(BIN)/python -m tests.builders

# Which small faults no test would notice, in the modules that guard something: about an hour.
mutate: .venv/ready-dev
	$(BIN)/python -m tests.mutate

# A thousand office-years with kills, power cuts and mistakes; one that fails names its seed. About an hour.
simulasi: .venv/ready-dev
	$(BIN)/python -m tests.simulation 1 1000

# What is shipped and made from the code: the editor's schemas and the picture of the workflow.
generated: .venv/ready-dev
	$(BIN)/python -m tests.generate

# What runs in the applicant's browser, from pinned npm packages; only for whoever changes processor/browser.
browser:
	cd processor/browser && trap 'rm -rf node_modules' EXIT && npm ci --ignore-scripts --no-audit --no-fund --silent && npm run --silent build

# The pictures of the handbook and README, from the real program; look at them before you commit them.
pictures: .venv/ready-dev packages
	@command -v pdftoppm >/dev/null || { echo "An administrator can run: apt-get install poppler-utils"; exit 1; }
	$(BIN)/python -m tests.pictures

# Pins every dependency, for Linux, macOS and Windows: what runs, and the same with what develops.
PIN = $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --quiet --upgrade
lock: .venv/ready-dev
	$(INSTALL) uv
	$(PIN) --output-file requirements.txt
	$(PIN) --extra evaluasi --constraint requirements.txt --output-file requirements-evaluasi.txt
	$(PIN) --extra tte --constraint requirements.txt --output-file requirements-tte.txt
	$(PIN) --extra cetak --constraint requirements.txt --output-file requirements-cetak.txt
	$(PIN) --extra cetak --extra evaluasi --extra tte --extra dev --constraint requirements.txt --output-file requirements-dev.txt

# Asks PyPI about known weaknesses of what is pinned; without network: make audit ADVISORIES=a-list-of-osv-records.json
audit: .venv/ready-dev
	$(BIN)/python -m tests.audit $(ADVISORIES)

# Megabytes on the disk of what a server needs.
size: .venv/ready
	$(BIN)/python -m tests.size

.venv/ready: requirements.txt pyproject.toml
	@echo "Menyiapkan lingkungan Python di .venv (hanya kali pertama; beberapa menit di komputer yang lambat) ..."
	$(PYTHON) -m venv .venv || ($(SUDO) apt-get install -y -qq python3-venv && $(PYTHON) -m venv .venv)
	@echo "Memasang pustaka yang dipakai ..."
	$(INSTALL) --require-hashes -r requirements.txt
	$(INSTALL) --no-deps -e .
	touch $@

.venv/ready-dev: .venv/ready requirements-dev.txt
	@echo "Memasang yang dipakai untuk mengembangkan dan menguji ..."
	$(INSTALL) --require-hashes -r requirements-dev.txt
	touch $@

# Programs with which tests open real Word files and real pages. Without them those tests are skipped and counted.
packages:
	@missing=""; \
	command -v soffice >/dev/null || missing="$$missing libreoffice-writer"; \
	command -v chromium >/dev/null || missing="$$missing chromium"; \
	command -v chromium-headless-shell >/dev/null || missing="$$missing chromium-headless-shell"; \
	[ -x /usr/sbin/nginx ] || missing="$$missing nginx"; \
	command -v caddy >/dev/null || missing="$$missing caddy"; \
	command -v systemd-analyze >/dev/null || missing="$$missing systemd"; \
	command -v restic >/dev/null || missing="$$missing restic"; \
	fc-list 2>/dev/null | grep -qi liberation || missing="$$missing fonts-liberation fontconfig"; \
	[ -z "$$missing" ] && exit 0; \
	if command -v apt-get >/dev/null && $(SUDO) true 2>/dev/null; then \
	  echo "Installing for the tests:$$missing"; \
	  $(SUDO) apt-get update -qq && $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	else echo "Not installed, so some tests are skipped; an administrator can run: apt-get install$$missing"; fi
