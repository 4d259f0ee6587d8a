"""Decisions as pure functions over frozen dataclasses: no input or output, no clock, no randomness."""
