"""What `dev.py run` does once everything is installed: a data folder, its settings, and the processes on it.

Standard library only, like dev.py itself, which imports it before anything is installed.
"""


class Refused(Exception):
    """Why something cannot be done, as one sentence for whoever asked for it."""


def say(line: str) -> None:
    """Tell the person at the terminal."""
    print(line, flush=True)
