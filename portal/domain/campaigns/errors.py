"""What the campaigns refuse, and why: values only, the words are the web's business."""

from dataclasses import dataclass, field
from datetime import datetime


class CampaignRefused(Exception):
    """Something about a campaign that cannot be done."""


@dataclass
class NoSuchCampaign(CampaignRefused):
    """No published campaign has this address."""

    slug: str


@dataclass
class NoSuchOrganization(CampaignRefused):
    """No published campaign names an organization of this address, and no partner has it."""

    slug: str


@dataclass
class CampaignEnded(CampaignRefused):
    """The campaign was archived: it can be read, and takes neither gifts nor sign-ups."""


@dataclass
class NoSuchRevision(CampaignRefused):
    """The campaign has no revision of this number, or one whose text was not kept."""

    number: int


@dataclass
class RevisionOutdated(CampaignRefused):
    """An earlier revision that does not pass today's checks: something that it names is not there any more."""

    number: int


@dataclass
class AddressTaken(CampaignRefused):
    """Another campaign has the address that this title would get."""

    slug: str


@dataclass
class AddressInUse(CampaignRefused):
    """Another campaign has the address that was chosen."""

    slug: str


@dataclass
class AddressMalformed(CampaignRefused):
    """What was typed is no address: small letters, digits and hyphens between them, up to so many."""

    limit: int


@dataclass
class AddressStays(CampaignRefused):
    """Others have a campaign's address: readers who found it there, or the content files that it is from."""


@dataclass
class TextTooLong(CampaignRefused):
    """A campaign's text is longer than a page should be, in characters."""

    limit: int


@dataclass
class StartRefused(CampaignRefused):
    """A new campaign cannot be made of these entries: what is wrong with each."""

    by_field: dict[str, Exception]


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


@dataclass
class MomentMissing(CampaignRefused):
    """A plan without any moment."""


@dataclass
class MomentUnreadable(CampaignRefused):
    """What was typed is no day with a time of day."""


@dataclass
class MomentSkipped(CampaignRefused):
    """A time that clocks of the group's town skip on that day, as they go forward."""

    text: str


@dataclass
class MomentOver(CampaignRefused):
    """A plan for a moment that is over."""


@dataclass
class EndsBeforeItBegins(CampaignRefused):
    """A campaign that would end before it is published."""


@dataclass
class PublicAlready(CampaignRefused):
    """A campaign that readers see can't be planned to be published."""


@dataclass
class NumbersDiffer(CampaignRefused):
    """A translation leaves out numbers of its original, or adds some, as they are written."""

    left_out: list[str]
    added: list[str]


@dataclass
class AnotherShape(CampaignRefused):
    """A translated piece of the story is not of its original's kind: its tag; "a" for its links."""

    tag: str


@dataclass
class TranslationRefused(CampaignRefused):
    """Translated texts that cannot be taken: what is wrong with each, by its number on the page."""

    by_number: dict[int, CampaignRefused]


@dataclass
class TranslatedMeanwhile(CampaignRefused):
    """Somebody else has translated the same texts since they were opened: who, when, and which."""

    by: str
    at: datetime
    numbers: tuple[int, ...]


class TitleNotTranslated(CampaignRefused):
    """A translation without the title, which readers would not find in their language."""


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
