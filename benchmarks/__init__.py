"""Benchmarks: each figure is a ratio to a stated baseline measured in the same run. See README.md."""
