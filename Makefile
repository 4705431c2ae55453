# Cabildo. `make run` to try it, `make test` to test it, `make help` for the rest.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PORT ?= 8000
PYTEST_ARGS ?=
export UV_PYTHON_DOWNLOADS := never
export CABILDO_DATA_DIR ?= $(CURDIR)/var
BIN := .venv/bin
UV = $(shell command -v uv 2>/dev/null || echo .tools/uv/bin/uv)

help:  ## show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

run: .venv/.base .build/frontend  ## serve Puerto Claro, the demonstration commune, on http://127.0.0.1:8000
	@$(BIN)/python -m cabildo.site.first_start && CABILDO_MAIL_TO_FILES=$${CABILDO_MAIL_TO_FILES:-true} $(BIN)/cabildo start --port $(PORT)

test: .venv/.dev .build/frontend .build/browser .build/oidc  ## the whole suite; with DATABASE_URL on PostgreSQL
	@CABILDO_TESTING=1 $(BIN)/python -m pytest $(PYTEST_ARGS)

soak: .venv/.dev .build/frontend  ## the property and fuzz tests with many more examples
	@CABILDO_TESTING=1 HYPOTHESIS_PROFILE=soak $(BIN)/python -m pytest -m "property or fuzz" $(PYTEST_ARGS)

check: .venv/.dev  ## format, lint, types, import contracts, templates, content, migrations, audit
	@tools/check

fix: .venv/.dev  ## format the code and mend what can be mended
	@$(BIN)/ruff check --fix --quiet src tests bench || true
	@$(BIN)/ruff format --quiet src tests bench

lock:  .venv/.uv  ## write requirements/*.lock anew from pyproject.toml
	@tools/lock $(UV)

bench: .venv/.dev .build/frontend  ## measure, as ratios in one run; writes docs/reference/performance.md
	@$(BIN)/python -m bench

ensayo: .venv/.base  ## FILE=…: "Ensayo de carga", with the pack and the requests of that file of Baltimore's 311
	@tools/ensayo "$(FILE)"

lighthouse: .venv/.dev .build/frontend .build/browser .build/lighthouse  ## its marks of the portal's home and of a request's page
	@$(BIN)/python tools/lighthouse.py .build/lighthouse/node_modules/lighthouse/cli/index.js

screenshots: .venv/.dev .build/frontend .build/browser  ## the main pages at 360 and 1280 px
	@CABILDO_TESTING=1 $(BIN)/python tools/screenshots.py

clean:  ## remove environment and builds; data in var/ stays
	rm -rf .venv .tools .build frontend/node_modules src/cabildo/site/static/dist

# --- how things come to be ----------------------------------------------------------------------
.venv/.uv:
	@tools/step "Preparando el entorno de Python"
	@tools/make-venv
	@touch $@

.venv/.base: .venv/.uv requirements/base.lock
	@tools/step "Instalando las bibliotecas"
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/base.lock
	@$(UV) pip install --quiet --python $(BIN)/python --no-build-isolation --no-deps -e .
	@touch $@

.venv/.dev: .venv/.base requirements/dev.lock
	@tools/step "Instalando las herramientas de prueba"
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.lock
	@touch $@

.build/frontend: .venv/.base $(shell find frontend -type f -not -path '*/node_modules/*' 2>/dev/null)
	@tools/step "Construyendo los estilos y programas de las páginas"
	@tools/build-frontend $(UV)
	@mkdir -p .build && touch $@

.build/oidc: tests/oidc/package-lock.json .venv/.base
	@tools/step "Instalando el proveedor de identidad de las pruebas"
	@mkdir -p $@ && cp tests/oidc/package.json tests/oidc/package-lock.json $@/ && tools/npm-ci $(UV) $@ && touch $@

.build/lighthouse: bench/lighthouse/package-lock.json .venv/.base
	@tools/step "Instalando Lighthouse"
	@mkdir -p $@ && cp bench/lighthouse/package.json bench/lighthouse/package-lock.json $@/ && tools/npm-ci $(UV) $@ && touch $@

.build/browser: .venv/.dev
	@tools/find-browser
	@tools/test-programs
	@mkdir -p .build && touch $@

.PHONY: help run test soak check fix lock bench ensayo lighthouse screenshots clean
