"""painbot: a paced pain-education course on Telegram."""

__version__ = "0.1.0"
