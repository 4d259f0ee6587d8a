"""Tests of what authors and reviewers see."""
