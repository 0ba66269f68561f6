"""What is allowed and when, in the standard library alone; ``now`` is always an argument."""
