"""An article as it comes off a web page: with words lost, and with a table that has no borders."""

from dataclasses import dataclass

ARTICLE = """\
Sign in   Register

Container Interview Questions and Answers

Updated Mar 3, 2024

What is a container?

A container is a process that runs apart from the rest of its machine, with a file system and a \
network of its own. It shares the kernel of the machine, so that it starts in less than a second.

What is in Compose?

The command line tool starts all services of an application together. describes the services, and \
the networks and volumes that they share. Each service names the image that it runs.

What is the difference between an image and a container?

Image Container
It is a template that cannot be changed It is a running process that was made from a template
It is kept in a registry It exists on one machine

How do you build an image?

An image is built from a list of steps, one layer for each step. A layer that did not change is \
taken from the cache. The steps stand in a file called

Run the following command in the folder of the project:

docker build -t shop .

What is a volume?

  • A volume keeps data when its container is removed
  • Several containers can mount one volume at a time
"""
COMPOSE, BUILDING = "What is in Compose?", "How do you build an image?"
NOTES = {
    COMPOSE: ["This question seems to have lost a name", "A name is missing before “describes"],
    BUILDING: ["The sentence breaks off here: “steps stand in a file called …”."],
}
"""What the worker says of the questions that were damaged."""


@dataclass(frozen=True)
class Repair:
    """What an author makes of a damaged question.

    Parameters
    ----------
    points
        In place of the first key points that were taken from the damaged answer.
    good, wrong
        Answers as learners would type them.
    """

    prompt: str
    answer: str
    points: tuple[str, ...]
    good: str
    wrong: str


REPAIRS = {
    COMPOSE: Repair(
        "What is in `compose.yaml`?",
        "The file `compose.yaml` describes the services of an application, and the networks and "
        "volumes that they share. The command line tool reads it and starts all services "
        "together. Each service names the image that it runs.",
        (
            "The file describes the services of an application.",
            "It names the networks and volumes that they share.",
        ),
        "It lists every service of the app, which image each one runs, and the networks and "
        "volumes they use, so one command brings the whole thing up.",
        "It is a log of everything that containers print while they run.",
    ),
    BUILDING: Repair(
        "How do you build an image?",
        "An image is built from the list of steps in a `Dockerfile`, one layer for each step. A "
        "layer that did not change is taken from the cache. In the folder of the project:\n\n"
        "```sh\ndocker build -t shop .\n```",
        (
            "The steps of the build stand in a Dockerfile.",
            "Layers that did not change are taken from the cache.",
        ),
        "You write the steps in a Dockerfile and run docker build in that folder. Each step is a "
        "layer, and layers that did not change come from the cache.",
        "You start a container, and that is all that there is to it.",
    ),
}
