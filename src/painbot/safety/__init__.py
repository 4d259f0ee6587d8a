"""Safety data and cards."""
