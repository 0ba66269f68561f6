"""Contested key points: made by learners, decided by those who teach, and what follows."""
