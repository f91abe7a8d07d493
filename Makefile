# One word for each thing one does here. `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help setup demo test unit prove check bench gallery audit migrate lock

help:  ## this list
	@sed -nE 's/^([a-z]+):[^#]*## (.*)/  make \1\t\2/p' Makefile | expand -t 18

setup: .venv/base  ## .venv with everything pinned, and .venv/bin/pairtime
	@echo "Ready: .venv/bin/pairtime"

demo: .venv/base  ## try it: no account, no network (ARGS="--no-browser --port 8100")
	@.venv/bin/pairtime demo $(ARGS)

test: .venv/test  ## every test, the quick ones first, on every core (ARGS="tests/bot -k when")
	@env -u PYTHONDONTWRITEBYTECODE .venv/bin/python -m pytest -n auto $(ARGS)

unit: .venv/test  ## the tests of the core and of what people say that start nothing: within a minute
	@env -u PYTHONDONTWRITEBYTECODE .venv/bin/python -m pytest -n auto -m unit tests/calendar_core tests/bot $(ARGS)

prove: .venv/test  ## the proofs in full size, with their figures: 200 kills, 10,000 cases (PART=kills)
	@.venv/bin/python -m pytest --prove $(if $(PART),-k "$(PART)") $(ARGS)

check: .venv/test  ## style, types, and who imports whom
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-logo

bench: .venv/bench  ## how fast, beside named peers in the same run
	@.venv/bin/python -m tests.bench $(ARGS)

gallery: .venv/test  ## every reply of every chat, as data and as pictures, in gallery/
	@.venv/bin/python -m tests.gallery $(ARGS)

audit: .venv/base  ## known weaknesses of the pinned versions (asks the package registry)
	@UV_SYSTEM_CERTS=1 .boot/bin/uv tool run --quiet pip-audit --disable-pip --require-hashes -r requirements/base.txt

migrate: .venv/base  ## bring the configured database to the present schema
	@.venv/bin/pairtime migrate $(ARGS)

lock: .venv/base  ## pin the newest versions that pyproject.toml allows
	@./requirements/lock

# A stamp a set: made again when what it was made from changes. A larger set holds all of a smaller one.
pinned := pyproject.toml requirements/install requirements/uv-version
.venv/base: $(pinned) requirements/base.txt
	@./requirements/install base
	@rm -f .venv/test .venv/bench && touch $@
.venv/test: $(pinned) requirements/test.txt
	@./requirements/install test
	@rm -f .venv/bench && touch .venv/base $@
.venv/bench: $(pinned) requirements/bench.txt
	@./requirements/install bench
	@touch .venv/base .venv/test $@
