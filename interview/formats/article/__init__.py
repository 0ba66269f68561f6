"""Articles of questions and answers: plain text, Markdown and HTML, damaged or not."""
