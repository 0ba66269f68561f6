"""Reading and grading assigned attempts, for those who assist and teach."""
