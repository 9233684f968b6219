"""What is refused on the way from an article to a campaign, and why: values only, the words are the web's business."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from portal.domain.campaigns.errors import CampaignRefused, Problem


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
class ReadTooOften(CampaignRefused):
    """So many articles were brought that for these seconds no other one is read."""

    seconds: int


@dataclass
class AnotherIsRead(CampaignRefused):
    """Another article is being read, and it takes long."""


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

    by_entry: Mapping[str, Exception | Problem]


class WordsNotThere(CampaignRefused):
    """What was added does not stand in the article like this."""


class AlreadyThere(CampaignRefused):
    """What was added is asked about already."""


class NumberUnreadable(CampaignRefused):
    """The value of what was added is no number, and no range of two."""


class YearUnreadable(CampaignRefused):
    """The year of what was added is none."""


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
