"""The gradebook: what learners have made of the assignments of a class."""
