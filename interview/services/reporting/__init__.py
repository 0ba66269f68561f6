"""Problems with questions: told by their readers, answered by their authors."""
