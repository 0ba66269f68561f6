"""What becomes of a text that was typed into a form before its length is held to a limit."""


def line_ends(text: str | None) -> str | None:
    """A browser sends two characters for a line end, and counts one."""
    return text and text.replace("\r\n", "\n")
