# The two commands of this project are `make run` and `make test`; both begin from nothing.
.DEFAULT_GOAL := help
.PHONY: help install run stop test lint format messages requirements bench bench-million drill clean
SHELL := /bin/sh
PYTHON := .venv/bin/python
# Linters read the settings but never the data: an address at which nobody is asked.
NO_DATABASE := env -u EMBEDDED_POSTGRES SITE_ROLE=both DATABASE_URL=postgresql://owner@localhost/memorial \
	SECRET_KEY=linters-sign-nothing-with-this-key-nor-with-any-other PUBLIC_URL=http://localhost STAFF_URL=http://localhost \
	FIELD_KEYS=bGludGVycyBzZWFsIG5vdGhpbmcgd2l0aCB0aGlzISE=

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 22

install: ## the packages into .venv, checked against their hashes
	@sh deploy/dev/install.sh

run: install ## the site on http://localhost:8000 (PORT=… for another), with invented people
	@exec $(PYTHON) deploy/dev/run.py

stop: ## the trial database, if a killed run has left it behind
	@$(PYTHON) deploy/dev/stop.py

test: install ## all tests (ARGS="-k name" passes through)
	@$(PYTHON) deploy/dev/compile_messages.py
	@$(PYTHON) deploy/dev/html_validate.py
	@$(PYTHON) -m pytest -n $(or $(JOBS),2) $(ARGS)

lint: install ## style, types, templates, import rules
	@$(PYTHON) deploy/dev/lint.py

format: install ## mend what ruff and djade can mend by themselves
	@.venv/bin/ruff check --fix --quiet . || true
	@.venv/bin/ruff format .
	@find templates -name '*.html' -exec .venv/bin/djade --target-version 5.2 {} + || true

messages: install ## collect translatable texts into locale/ and compile them
	@command -v xgettext >/dev/null || { echo "make messages needs gettext: apt install gettext"; exit 2; }
	@$(NO_DATABASE) $(PYTHON) manage.py makemessages --all --no-location --no-wrap --ignore=var --ignore=.venv
	@$(PYTHON) deploy/dev/compile_messages.py

requirements: install ## pin the newest versions that requirements*.in allow
	@sh deploy/dev/pin.sh

bench: install ## time pages and imports with 2,500 and 100,000 people (ARGS="--people 2500 --rounds 5")
	@exec $(PYTHON) deploy/dev/bench.py $(ARGS)

bench-million: install ## the same with a million: some 11 GB on disk, about two hours
	@exec $(PYTHON) deploy/dev/bench.py --people 1000000 $(ARGS)

drill: install ## PostgreSQL, Redis and workers killed, frozen, full and lost, while readers read (docs/deploy-many.md)
	@$(PYTHON) deploy/dev/compile_messages.py
	@exec $(PYTHON) deploy/drill/main.py $(ARGS)

clean: ## everything made here but the trial database
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage htmlcov node_modules
	@rm -rf var/static var/install.log var/html-validate
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
