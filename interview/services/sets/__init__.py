"""Question sets of instructors: editing, publishing, and drawing their questions."""
