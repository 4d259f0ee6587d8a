"""The clockwork: APScheduler as a handful of interval jobs, without any logic of its own."""
