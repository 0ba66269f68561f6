"""Long work that requests ask for and workers do: in steps, resumable, each step once."""
