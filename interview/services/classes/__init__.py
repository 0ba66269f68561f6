"""Classes: making them, joining them, and who may do what in them."""
