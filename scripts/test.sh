#!/bin/sh
# Every test: first the many side by side, then those that kill real processes, one after the other, since
# they watch the clock. Arguments go to pytest; a run in which they pick nothing does not count.
set -u

nothing=5
.venv/bin/python -m pytest -n auto -m "not crash" "$@"
many=$?
.venv/bin/python -m pytest -m crash "$@"
crash=$?

[ "$crash" -ne "$nothing" ] || exit "$many"
[ "$many" -ne "$nothing" ] || exit "$crash"
[ "$many" -eq 0 ] || exit "$many"
exit "$crash"
