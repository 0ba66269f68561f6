"""Questions from files: received, read, shown, and then written or dropped."""
