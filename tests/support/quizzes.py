"""Quizzes as Moodle writes them, made from a few words."""

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def quiz(*questions: str) -> str:
    return f"{HEAD}<quiz>\n{chr(10).join(questions)}\n</quiz>"


def asked(kind: str, *parts: str, prompt: str = "What is it?") -> str:
    inside = "".join(parts)
    return (
        f'<question type="{kind}"><name><text>It</text></name><questiontext format="markdown">'
        f"<text>{prompt}</text></questiontext>{inside}</question>"
    )
