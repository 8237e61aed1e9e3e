# Two commands: `make report` builds the sample city, `make test` runs every test.
# Both set up what they need in .venv first; nothing but python3, pip and make has to be there.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check
export PYTHONDONTWRITEBYTECODE :=

.PHONY: report test lint lock clean

report: $(VENV)/.ready
	$(BIN)/carbonlib build

test: $(VENV)/.ready-test lint
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

lint: $(VENV)/.ready-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 以上が必要です。  make PYTHON=python3.12 report のように指定してください。"; \
	  echo "Python 3.11 or newer is needed: make PYTHON=python3.12 report"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "仮想環境を作れません。Debian・Ubuntu では次を実行してください:  sudo apt-get install python3-venv"; \
	  echo "Cannot make a virtual environment. On Debian or Ubuntu type:  sudo apt-get install python3-venv"; exit 1; }

$(VENV)/.ready: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(PIP) install --quiet --require-hashes -r requirements.lock
	$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.ready-test: requirements-test.lock pyproject.toml | $(VENV)/bin/python
	$(PIP) install --quiet --require-hashes -r requirements-test.lock
	$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/.ready

# The locks hold hashes and no address; the build backend is in both, so that building needs no further download.
UV_COMPILE = uv pip compile --universal --fork-strategy fewest --python-version 3.11 --generate-hashes \
             --no-emit-index-url --no-annotate --no-header --quiet
lock:
	printf "hatchling>=1.27\neditables>=0.5\n" | $(UV_COMPILE) pyproject.toml - -o requirements.lock
	printf "hatchling>=1.27\neditables>=0.5\n" | $(UV_COMPILE) pyproject.toml - --extra test -c requirements.lock -o requirements-test.lock

clean:
	find outputs -mindepth 1 -not -name .gitkeep -delete
