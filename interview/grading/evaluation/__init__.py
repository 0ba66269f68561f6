"""How well the grader does: agreement with human marks, and what cheating earns.

Imports numpy. Only an operator's commands come here; grading itself never does.
"""
