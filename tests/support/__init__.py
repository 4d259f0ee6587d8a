"""Servers and tools that tests borrow from the machine."""


class Unavailable(Exception):
    """The machine cannot lend what a test needs; the message says what is missing and how to get it."""
