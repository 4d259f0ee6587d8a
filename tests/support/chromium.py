"""Find the machine's Chromium. `python -m tests.support.chromium` prints its path or fails."""

import shutil
import subprocess
import sys

from tests.support import Unavailable
from tests.support.controls import read_controls

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)

LAUNCH_ARGS = (
    "--no-sandbox",  # as root Chromium refuses to start with one; tests open loopback pages only
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_chromium(asked_for: str | None) -> str:
    """Return the path of a browser that starts and that Playwright can drive; raises Unavailable."""
    driver = subprocess.run(
        [sys.executable, "-m", "playwright", "--version"], capture_output=True, timeout=60
    )
    if driver.returncode != 0:
        raise Unavailable("Playwright's driver does not start (Debian: apt-get install libatomic1)")
    for name in (asked_for,) if asked_for else NAMES:
        path = shutil.which(name)
        # A distribution may ship a stub that only says where to get the real one, so it is run.
        if path and _starts([path, "--version"]):
            return path
    found = f"{asked_for} does not start" if asked_for else "none was found"
    raise Unavailable(f"no Chromium: {found} (Debian: apt-get install chromium libatomic1)")


def _starts(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True, timeout=60).returncode == 0


if __name__ == "__main__":
    try:
        print(find_chromium(read_controls().chromium))
    except Unavailable as missing:
        sys.exit(str(missing))
