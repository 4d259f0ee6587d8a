#!/bin/sh
# Get Chromium for the browser tests where that needs no question: as root, from Debian's packages.
# Never fails: without a browser the test run says loudly what it could not run.
set -eu

cd "$(dirname -- "$0")/.."
found() { .venv/bin/python -m tests.support.chromium >/dev/null 2>&1; }

if found; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Chromium with apt-get ..."
    export DEBIAN_FRONTEND=noninteractive
    # Playwright's driver needs libatomic1; without fonts every letter of a screenshot is an empty box.
    if apt-get update -q >/dev/null &&
        apt-get install -y -q --no-install-recommends \
            chromium libatomic1 fonts-dejavu-core fonts-noto-color-emoji >/dev/null && found; then
        exit 0
    fi
    echo "Chromium could not be installed." >&2
fi
{
    echo "There is no Chromium here, so the browser tests cannot run. To get it:"
    echo "  Debian: sudo apt-get install chromium libatomic1      macOS: brew install --cask chromium"
    echo "  or name one: PAINBOT_CHROMIUM=/path/to/chromium make test"
} >&2
