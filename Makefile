# painbot's verbs. `make` alone lists them. Works with GNU make 3.81 and BSD tools.

KILLS = 200
ARGS =

.PHONY: help setup try test lint bench crash lock clean setup-dev
.DEFAULT_GOAL := help

help:
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

setup: ## install painbot and what it needs into .venv
	@PYTHON='$(PYTHON)' sh scripts/setup.sh runtime

setup-dev:
	@PYTHON='$(PYTHON)' sh scripts/setup.sh dev

try: setup ## try the bot in your browser: no token, no Telegram
	@exec .venv/bin/painbot try $(ARGS)

test: setup-dev ## run every test (ARGS="-k words" picks some)
	@sh scripts/browser.sh
	@sh scripts/test.sh $(ARGS)

lint: setup-dev ## check style, types, imports between rooms and the lessons
	@status=0; \
	for check in 'ruff check .' 'ruff format --check .' mypy lint-imports 'painbot lessons check'; do \
		echo "== $$check"; .venv/bin/$$check || status=1; \
	done; exit $$status

bench: setup-dev ## measure; one JSON line a figure
	@.venv/bin/python -m benchmarks $(ARGS)

crash: setup-dev ## kill the real process KILLS=200 times on each database and check that nothing is lost
	@PAINBOT_CRASH_KILLS=$(KILLS) .venv/bin/python -m pytest -m crash -s -o faulthandler_timeout=0 $(ARGS)

lock: setup-dev ## lock the dependencies again (UPGRADE=1 takes newer versions)
	@UPGRADE='$(UPGRADE)' sh scripts/lock.sh

clean: ## remove .venv, caches and test artefacts; keeps var/, where the databases are
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache artefacts dist
	find src tests benchmarks migrations -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
