"""Telegram: updates in, messages out, through python-telegram-bot."""

import os

# The library's durations as timedelta; without it, it warns each time Telegram names a waiting time.
os.environ.setdefault("PTB_TIMEDELTA", "true")
