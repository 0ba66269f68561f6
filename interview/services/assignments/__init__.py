"""Assignments: giving a set to learners, sitting it, and what became of it."""
