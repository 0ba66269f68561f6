"""File formats of the question bank: text in, checked records out, problems with their place."""
