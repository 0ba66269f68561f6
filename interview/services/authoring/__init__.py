"""Writing questions: drafts, trying them, publishing, and what became of them."""
