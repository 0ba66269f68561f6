"""Sitting an attempt: choosing, starting, answering, settling, reviewing, looking back."""
