"""Regrades: a dry run that shows what would change, its application, and taking it back."""
