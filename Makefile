# The everyday commands. `make run PORT=8001 DEMO=0` sets variables; README.md lists them.

VENV := .venv
READY := $(VENV)/.ready
PY := $(VENV)/bin/python

.PHONY: run test bench bench-scale bench-peers soak lint format clean messages

run: $(READY)
	@exec $(PY) manage.py serve --prepare $(if $(filter 0,$(DEMO)),,--demo)

test: $(READY)
	@exec $(PY) -m pytest -n auto $(PYTEST)

# Writes tests/benchmarks/RESULTS.md; `make bench BENCH=bench_server` runs one alone.
bench: $(READY)
	@exec $(PY) -m tests.benchmarks $(BENCH)

# The same pages with 10,000 articles; `make bench-scale ARTICLES=100000` takes long and 9 GB. On PostgreSQL, and so every
# benchmark: BENCH_DATABASE_URL=postgres://… names an empty database.
bench-scale: $(READY)
	@ARTICLES=$(ARTICLES) exec $(PY) -m tests.benchmarks bench_scale

# Beside MediaWiki, Wagtail and django-wiki, which the scripts in the folder PEERS_DIR set up and start.
bench-peers: $(READY)
	@exec $(PY) -m tests.benchmarks peers

# All trials of endurance in full, for hours; SOAK="--kills 20 --seconds 10" makes them shorter.
soak: $(READY)
	@$(PY) -m tests.soak $(SOAK)

lint: $(READY)
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) manage.py makemigrations --check --dry-run

format: $(READY)
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

# Gathers every string of the interface into the catalogues; needs GNU gettext, which running the site does not.
messages: $(READY)
	$(PY) manage.py makemessages --all --no-wrap --add-location file -i tests -i static -i var -i $(VENV)

# Removes what can be made again; var/ holds the site's data and stays.
clean:
	rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The virtual environment, made by the first Python that is new enough; done again only when requirements.txt changes.
$(READY): requirements.txt
	@test -x $(VENV)/bin/pip || { \
		for python in $(PYTHON) python3.11 python3 python; do \
			if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
				echo "Making $(VENV) with $$("$$python" --version)"; \
				exec "$$python" -m venv --clear $(VENV); \
			fi; \
		done; \
		echo "Kalbajar needs Python 3.11 or newer. Is it somewhere else? make run PYTHON=/path/to/python3.11" >&2; \
		exit 1; \
	}
	@echo "Installing requirements"
	@$(PY) -m pip install --quiet --disable-pip-version-check --requirement requirements.txt
	@touch $@
