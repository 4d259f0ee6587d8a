"""Use cases: load, decide, save and owe messages in one transaction each."""
