"""Tests of what is deployed: image, compose files, units."""
