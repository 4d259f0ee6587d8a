#!/bin/sh
# Recompile requirements/*.txt from pyproject.toml. Locked versions stay unless UPGRADE=1.
#
# One resolution serves Python 3.11 to 3.13 on every platform. The files name no index, path or machine.
set -eu

cd "$(dirname -- "$0")/.."
uv_version=0.13.9

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
.venv/bin/python -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check --only-binary :all: "uv==$uv_version"

# compile NAME ARGUMENT...: the present file is read for its versions, then replaced.
compile() {
    name=$1
    shift
    [ ! -f "requirements/$name.txt" ] || cp "requirements/$name.txt" "$work/$name.txt"
    "$work/venv/bin/uv" pip compile --quiet --universal --python-version 3.11 --only-binary :all: \
        --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate \
        ${UPGRADE:+--upgrade} "$@" --output-file "$work/$name.txt"
    { echo "# Made by 'make lock' from pyproject.toml; not edited by hand."; grep -v '^#' "$work/$name.txt"; } \
        >"requirements/$name.txt"
}

mkdir -p requirements
compile dev pyproject.toml --group build --group test --group bench --group lint
# The others are parts of the same set, version by version.
compile runtime pyproject.toml --group build --constraints requirements/dev.txt
compile postgres --group postgres --constraints requirements/dev.txt
