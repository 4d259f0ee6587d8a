"""The image's steps: what they copy is there, nothing unhashed is fetched, the health check works."""

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from painbot.settings import PREFIX, Settings

ROOT = Path(__file__).parents[2]
FILE = (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8")
STEPS = [
    line
    for line in FILE.replace("\\\n", " ").splitlines()
    if line.strip() and not line.lstrip().startswith("#")
]
LAST_STAGE = STEPS[max(index for index, step in enumerate(STEPS) if step.startswith("FROM")) :]


def copied() -> list[str]:
    """Return what is copied from the checkout."""
    steps = [step.split()[1:-1] for step in STEPS if step.startswith("COPY") and "--from" not in step]
    return [source for sources in steps for source in sources]


def test_everything_copied_is_in_the_checkout_and_not_ignored() -> None:
    lines = (ROOT / "deploy" / "Containerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    kept = {line[1:] for line in lines if line.startswith("!")}
    assert set(copied()) == kept
    assert all((ROOT / source).exists() for source in copied())


def test_nothing_is_installed_without_a_hash() -> None:
    installs = re.findall(r"pip install ([^&\n]*)", "\n".join(STEPS))
    assert len(installs) == 2
    assert all("--require-hashes" in install or "--no-index" in install for install in installs)


def test_it_runs_as_a_numbered_user_who_is_not_root() -> None:
    users = [step.split()[1] for step in LAST_STAGE if step.startswith("USER")]
    assert users == ["10001:10001"]
    assert "STOPSIGNAL SIGTERM" in LAST_STAGE


def test_the_program_gets_the_signal_itself() -> None:
    """Started through a shell, it would not."""
    assert 'ENTRYPOINT ["painbot"]' in LAST_STAGE
    assert 'CMD ["run"]' in LAST_STAGE


def test_every_painbot_variable_is_a_setting() -> None:
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    assert set(re.findall(r"PAINBOT_[A-Z_]+(?==)", FILE)) <= known


@contextmanager
def server_that_answers(status: int) -> Iterator[str]:
    """Serve this status for /health/live; yield its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status if self.path == "/health/live" else 404)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def health_check(address: str) -> int:
    """Run the image's own health check against this address."""
    step = next(step for step in LAST_STAGE if step.startswith("HEALTHCHECK"))
    python, *arguments = json.loads(step[step.index("CMD") + 3 :])
    assert python == "python"
    environment = {"PAINBOT_HEALTH_LISTEN": address, "PATH": os.environ["PATH"]}
    done = subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, check=False)
    return done.returncode


@pytest.mark.parametrize(("status", "healthy"), [(200, True), (503, False)])
def test_health_check_says_what_the_bot_says(status: int, healthy: bool) -> None:
    with server_that_answers(status) as address:
        assert (health_check(address) == 0) is healthy


def test_health_check_fails_where_nobody_listens() -> None:
    assert health_check("127.0.0.1:1") != 0
