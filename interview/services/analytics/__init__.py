"""What results say of questions, of a class and of the grader, each figure with its number."""
