"""What is refused about pictures, and why: a part of errors.py that would make it too long."""

from dataclasses import dataclass

from portal.domain.campaigns.errors import CampaignRefused


@dataclass
class PictureMissing(CampaignRefused):
    """No file was chosen, or it is empty."""


@dataclass
class PictureTooLarge(CampaignRefused):
    """A file of more megabytes than this."""

    limit: int


@dataclass
class PictureTooDetailed(CampaignRefused):
    """A picture of more megapixels than this: it may be made to fill the memory of whoever opens it."""

    limit: int


@dataclass
class PictureTooSmall(CampaignRefused):
    """A picture that is narrower or lower than so many pixels."""

    least: int


@dataclass
class PictureKindUnknown(CampaignRefused):
    """What was sent is no JPEG, PNG or WebP, whatever it is called."""


@dataclass
class PictureHoldsMarkup(CampaignRefused):
    """A picture that holds a web page or a drawing as text too."""


@dataclass
class PictureBroken(CampaignRefused):
    """A picture that breaks off or can't be decoded."""


@dataclass
class ConsentMissing(CampaignRefused):
    """A picture without a word on whether those on it may be shown."""


@dataclass
class NoSuchPicture(CampaignRefused):
    """The campaign has no picture of this name."""

    name: str


@dataclass
class PictureInUse(CampaignRefused):
    """The newest revision shows this picture."""

    name: str
