"""What the campaigns refuse, and why: values only, the words are the web's business."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


class CampaignRefused(Exception):
    """Something about a campaign that cannot be done."""


@dataclass
class NoSuchCampaign(CampaignRefused):
    """No published campaign has this address."""

    slug: str


@dataclass
class NoSuchRevision(CampaignRefused):
    """The campaign has no revision of this number, or one whose text was not kept."""

    number: int


@dataclass
class AddressTaken(CampaignRefused):
    """Another campaign has the address that this title would get."""

    slug: str


@dataclass
class TextTooLong(CampaignRefused):
    """A campaign's text is longer than a page should be, in characters."""

    limit: int


@dataclass
class StartRefused(CampaignRefused):
    """A new campaign cannot be made of these entries: what is wrong with each."""

    by_field: dict[str, Exception]


@dataclass
class NoSuchArticle(CampaignRefused):
    """No article that was read has this number, or it was put away."""

    article_id: int


@dataclass
class NothingToRead(CampaignRefused):
    """Neither a text nor a file was given."""


@dataclass
class TextAndFile(CampaignRefused):
    """A text and a file were given, and which of them is meant cannot be told."""


@dataclass
class DecidedMeanwhile(CampaignRefused):
    """Somebody else decided about the article since it was opened: the version that stands now, who and when."""

    number: int
    by: str | None
    at: datetime


@dataclass
class DraftThere(CampaignRefused):
    """A campaign was made of the article already, so that nothing about it is decided any more."""

    campaign_id: int


@dataclass
class DraftRefused(CampaignRefused):
    """No draft can be made of these decisions: what is wrong with each entry, by its name."""

    by_entry: "Mapping[str, Exception | Problem]"


@dataclass
class NotSettled(CampaignRefused):
    """The article says something in two ways, and which of them is told was not chosen."""


@dataclass
class LicenceMissing(CampaignRefused):
    """The article's own words are to be told, and no licence was named that allows it."""


@dataclass
class TooMuchTaken(CampaignRefused):
    """What is to be our words has a row of the article's own, longer than a fragment."""

    words: str


@dataclass
class FragmentTooLong(CampaignRefused):
    """What is quoted to the letter has more words than a fragment."""

    limit: int


@dataclass
class TooManyTaken(CampaignRefused):
    """More of one kind were taken than a campaign's editor holds."""

    limit: int


@dataclass
class EntryMissing(CampaignRefused):
    """Something that has to be told was left empty."""


@dataclass
class EntryTooLong(CampaignRefused):
    """An entry has more characters than this."""

    limit: int


@dataclass
class GoalTooHigh(CampaignRefused):
    """A goal of more than can be counted here."""


@dataclass
class CurrencyUnknown(CampaignRefused):
    """The group takes no money in this currency."""


@dataclass
class CheckOfAnotherReceiver(CampaignRefused):
    """The receiver was changed, and what stands beside it is still the check of the one before."""

    receiver: str


@dataclass
class EditedMeanwhile(CampaignRefused):
    """Somebody else saved since the text was opened: their revision, and what it and the opened one say."""

    number: int
    by: str | None
    at: datetime
    opened: str
    theirs: str


@dataclass
class ReceiverNotChecked(CampaignRefused):
    """A campaign cannot collect money: these parts of its receiver's description or check are not there."""

    slug: str
    missing: tuple[str, ...]


@dataclass
class NotReady(CampaignRefused):
    """A campaign cannot be published yet: what is missing, each by a name of its own."""

    missing: tuple[str, ...]


class ArticleRefused(CampaignRefused):
    """A file that cannot be read as an article."""


@dataclass
class ArticleTooLarge(ArticleRefused):
    """The file, or what is packed into it, has more than this many megabytes."""

    limit: int


@dataclass
class ArticleTooLong(ArticleRefused):
    """The text has more than this many characters, or is cut into more pieces than so long a text would be."""

    limit: int


@dataclass
class ArticleUnreadable(ArticleRefused):
    """The file is none of the kinds that can be read, or broken, or made to be hard to read."""


@dataclass
class ArticleEmpty(ArticleRefused):
    """The file can be read, and no text is in it that could be an article."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong in a content file: where it stands, and a sentence that says what to do."""

    file: str
    line: int
    sentence: str
    # For pages that show the same beside an entry: its place in the document, and what kind of mistake it is.
    where: tuple[str | int, ...] = field(default=(), compare=False)
    kind: str = field(default="", compare=False)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.sentence}"


@dataclass
class ContentInvalid(CampaignRefused):
    """Content files that cannot be published; every problem in them is named at once."""

    problems: tuple[Problem, ...]

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)
