"""What the campaigns refuse, and why: values only, the words are the web's business."""

from dataclasses import dataclass


class CampaignRefused(Exception):
    """Something about a campaign that cannot be done."""


@dataclass
class NoSuchCampaign(CampaignRefused):
    """No published campaign has this address."""

    slug: str


@dataclass
class ReceiverNotChecked(CampaignRefused):
    """A campaign cannot collect money: these parts of its receiver's description or check are not there."""

    slug: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong in a content file: where it stands, and a sentence that says what to do."""

    file: str
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.sentence}"


@dataclass
class ContentInvalid(CampaignRefused):
    """Content files that cannot be published; every problem in them is named at once."""

    problems: tuple[Problem, ...]

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)
