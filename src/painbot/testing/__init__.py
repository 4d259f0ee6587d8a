"""Fakes for tests, shipped with painbot: a clock to move by hand, a transport that records."""
