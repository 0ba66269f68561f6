"""Two small sets of marked answers, with questions enough to hold some of them out."""

from pathlib import Path

from interview.grading.evaluation.rows import GradedAnswer
from tests.support.marked import HEAD, write_marked

# Agreement within a question takes ten answers to it.
PEOPLE = 3

Question = tuple[str, str, tuple[tuple[str, float], ...]]

CELLS: tuple[Question, ...] = (
    (
        "What does the cell membrane do?",
        "The membrane surrounds the cell and controls which substances enter and leave it.",
        (
            ("It surrounds the cell and controls what enters or leaves.", 1.0),
            ("It lets some substances into the cell.", 0.5),
            ("It stores the water.", 0.0),
            ("It makes sugar from light.", 0.0),
        ),
    ),
    (
        "Why do leaves look green?",
        "Chlorophyll absorbs red and blue light and reflects green light to the eye.",
        (
            ("Chlorophyll reflects green light and absorbs the red and the blue.", 1.0),
            ("Because of chlorophyll.", 0.4),
            ("They absorb the green light.", 0.0),
            ("The sun paints them.", 0.0),
        ),
    ),
    (
        "How does a vaccine protect?",
        "It shows the immune system a harmless part of a germ, so that antibodies are ready.",
        (
            ("The immune system meets a harmless part of the germ and has antibodies ready.", 1.0),
            ("The body gets antibodies against the germ.", 0.6),
            ("It kills all germs in the blood.", 0.1),
            ("It cools the fever down.", 0.0),
        ),
    ),
    (
        "What happens when water boils?",
        "Bubbles of vapour form inside the liquid, rise and escape, and the temperature stays.",
        (
            ("Bubbles of vapour form in the liquid and escape; the temperature stays.", 1.0),
            ("Vapour rises in bubbles.", 0.7),
            ("The bubbles are air.", 0.0),
            ("It becomes heavier.", 0.0),
        ),
    ),
)
QUEUES: tuple[Question, ...] = (
    (
        "In which order does a queue give its items back?",
        "First in, first out: the item that has waited longest leaves the queue first.",
        (
            ("First in, first out, so the item that waited longest leaves first.", 1.0),
            ("The oldest item comes first.", 0.8),
            ("The newest item leaves first.", 0.0),
            ("In alphabetical order.", 0.0),
        ),
    ),
    (
        "What is a deadlock?",
        "Two processes each hold a lock and wait for the lock of the other, so neither goes on.",
        (
            ("Each process waits for a lock that the other holds, and neither goes on.", 1.0),
            ("Processes wait for each other.", 0.6),
            ("A lock without a key.", 0.0),
            ("The program is too slow.", 0.1),
        ),
    ),
    (
        "What does a compiler produce?",
        "It translates the source code into machine code before the program runs.",
        (
            ("Machine code, translated from the source before the program runs.", 1.0),
            ("Code for the machine.", 0.5),
            ("It runs the source line by line.", 0.0),
            ("It draws the windows.", 0.0),
        ),
    ),
    (
        "Why are passwords hashed with a salt?",
        "A random salt gives equal passwords different hashes, so prepared tables are useless.",
        (
            ("Equal passwords get different hashes, and prepared tables become useless.", 1.0),
            ("So that tables of hashes do not help.", 0.7),
            ("The salt encrypts the database.", 0.0),
            ("To make them taste better.", 0.0),
        ),
    ),
)


def rows_of(dataset: str, questions: tuple[Question, ...]) -> list[GradedAnswer]:
    """The marked answers of a set, its questions numbered; several people give each."""
    return [
        GradedAnswer(dataset, str(number), prompt, reference, answer, score)
        for number, (prompt, reference, answers) in enumerate(questions)
        for answer, score in answers * PEOPLE
    ]


def write_set(path: Path, dataset: str, questions: tuple[Question, ...]) -> Path:
    """Write a set as the file that it would be read from."""
    rows = [
        [row.dataset, row.question_id, row.question, row.reference, row.answer, str(row.score)]
        for row in rows_of(dataset, questions)
    ]
    return write_marked(path, rows, HEAD)
