"""Every refusal in words: what is wrong and what to do next, in the reader's language."""

from collections.abc import Callable
from typing import Any

from flask_babel import get_locale, gettext

from portal import links, money
from portal.domain.accounts import errors as account_errors
from portal.domain.campaigns import errors as campaign_errors
from portal.domain.donations import errors, gateway
from portal.domain.events import errors as event_errors
from portal.domain.messages import errors as mail_errors
from portal.domain.people import errors as people_errors
from portal.domain.volunteers import errors as help_errors
from portal.money import Money, format_money
from portal.web.article_refusals import ARTICLE_SENTENCES
from portal.web.campaign_words import missing_in_words
from portal.web.filters import clock, moment, weekday
from portal.web.hosting_refusals import EVENT_SENTENCES, HOST_SENTENCES
from portal.web.origin import TokenMissing
from portal.web.picture_refusals import PICTURE_SENTENCES
from portal.web.translation_refusals import TRANSLATION_SENTENCES


def _money(amount: Money) -> str:
    return format_money(amount, str(get_locale()), whole_short=True)


def _decimals(refusal: money.AmountTooPrecise) -> str:
    if refusal.digits == 0:
        return gettext("This currency has no smaller unit. Type a whole amount, without a point.")
    return gettext(
        "This currency has %(count)s digits after the point. Type no more of them, and thousands without a separator.",
        count=refusal.digits,
    )


def _ambiguous(refusal: money.AmountAmbiguous) -> str:
    return gettext(
        "Do you mean %(more)s or %(less)s? Type it without separators between thousands, for example %(plain)s.",
        more=_money(refusal.as_thousands),
        less=_money(refusal.as_fraction),
        plain=str(refusal.as_thousands.decimal.to_integral_value()),
    )


def slot_in_words(slot: help_errors.Slot) -> str:
    """Name a shift by role, day and start: Welcome desk (Saturday 12 December, 09:30)."""
    return gettext(
        "%(role)s (%(day)s, %(time)s)",
        role=slot.role,
        day=weekday(slot.starts_at, slot.timezone),
        time=clock(slot.starts_at, slot.timezone),
    )


SENTENCES: dict[type[Exception], Callable[[Any], str]] = {
    TokenMissing: lambda _: gettext(
        "Your browser does not say which page this came from. Press the button once more."
    ),
    mail_errors.MailNotFailed: lambda _: gettext(
        "This mail has not failed: it was sent, or will be in a moment. Nothing was sent twice."
    ),
    money.AmountMissing: lambda _: gettext("Tap an amount or type one."),
    money.AmountNotANumber: lambda _: gettext(
        "This is not an amount we can read. Type it in digits, like 25 or 12.50."
    ),
    money.AmountNotPositive: lambda _: gettext("The amount must be more than zero. Type a larger one."),
    money.AmountTooPrecise: _decimals,
    money.AmountAmbiguous: _ambiguous,
    errors.AmountBelowMinimum: lambda refusal: gettext(
        "The smallest gift we can take by card is %(least)s. Type that or more.",
        least=_money(refusal.minimum),
    ),
    errors.AmountAboveMaximum: lambda refusal: gettext(
        "By card we take up to %(most)s at a time. Type less, or write to us about a larger gift.",
        most=_money(refusal.maximum),
    ),
    errors.FrequencyUnknown: lambda _: gettext(
        "Gifts can be given once. Load the page again and choose there."
    ),
    errors.NameToShowMissing: lambda _: gettext("Type the name to show, or leave the box for it unticked."),
    people_errors.NameTooLong: lambda refusal: gettext(
        "The name may have up to %(limit)s characters. Type a shorter one.", limit=refusal.limit
    ),
    people_errors.NameNotOneLine: lambda _: gettext(
        "The name must be plain text on one line. Take out line breaks and other hidden characters."
    ),
    people_errors.NameWithAddress: lambda _: gettext("The name can't hold a web address. Type a name only."),
    people_errors.NameMissing: lambda _: gettext("Type a name that you go by. Any name will do."),
    people_errors.EmailMissing: lambda _: gettext(
        "Type your e-mail address: the link to confirm goes there."
    ),
    people_errors.EmailUnreadable: lambda _: gettext(
        "This address is not complete. Look at what stands before and after the @."
    ),
    event_errors.NoSuchEvent: lambda _: gettext(
        "There is no such event, or it is not open any more. Look through the events for another."
    ),
    event_errors.NoSuchShift: lambda _: gettext(
        "One of the shifts is not part of this event any more. Choose again from what is listed here."
    ),
    event_errors.EventCancelled: lambda _: gettext(
        "This event was called off, so nobody can sign up. Look through the events for another."
    ),
    event_errors.ShiftBegun: lambda refusal: gettext(
        "%(role)s began on %(when)s. Take it off your choice, or choose another.",
        role=refusal.role,
        when=moment(refusal.starts_at, refusal.timezone),
    ),
    event_errors.TimesImpossible: lambda refusal: gettext(
        "A shift can't have these times: %(times)s. It must end after it starts, at times that its clocks show.",
        times=refusal.text,
    ),
    account_errors.SignInFailed: lambda _: gettext(
        "The address and the password do not belong together. Type both again, or ask for a new password."
    ),
    account_errors.WrongPassword: lambda _: gettext("This is not your password. Type it once more."),
    account_errors.PasswordTooShort: lambda refusal: gettext(
        "A password needs at least %(least)s characters. A few words in a row will do.", least=refusal.least
    ),
    account_errors.PasswordTooLong: lambda refusal: gettext(
        "A password may have up to %(most)s characters. Type a shorter one.", most=refusal.most
    ),
    account_errors.PasswordTooPlain: lambda _: gettext(
        "That password is too easy to guess. Choose a few words that have nothing to do with your address."
    ),
    account_errors.AccountExists: lambda _: gettext("You have an account already. Sign in with it."),
    account_errors.AddressTaken: lambda _: gettext(
        "Somebody here has this address already. If that is you, write to the group, which can help."
    ),
    account_errors.LastAdmin: lambda _: gettext(
        "Nobody else could give roles any more. Make somebody else an admin first."
    ),
    account_errors.NoSuchUser: lambda _: gettext("There is no such account. Look through the list again."),
    **ARTICLE_SENTENCES,
    **EVENT_SENTENCES,
    **HOST_SENTENCES,
    help_errors.NothingTicked: lambda _: gettext("Tick at least one shift."),
    help_errors.NotAdult: lambda _: gettext(
        "Tick the box about your age. If you can't, write to the group before you come."
    ),
    help_errors.ShiftsClash: lambda refusal: gettext(
        "%(first)s and %(second)s are at the same time. Tick only one of them.",
        first=slot_in_words(refusal.first),
        second=slot_in_words(refusal.second),
    ),
    help_errors.ClashesWithHeld: lambda _: gettext(
        "This is at the same time as a place that you have. Say which one you want to keep."
    ),
    help_errors.TooLateToChange: lambda refusal: gettext(
        "Changes were possible until %(when)s. Write to the group if you can't come.",
        when=moment(refusal.closed_at, refusal.timezone),
    ),
    help_errors.NotPossible: lambda _: gettext(
        "This sign-up has changed since the page was made. Load the page again to see how it stands."
    ),
    help_errors.NoSuchSignUp: lambda _: gettext(
        "There is no such sign-up of yours. Open the newest link from your mail to see those that you have."
    ),
    help_errors.TooManyPlaces: lambda refusal: gettext(
        "A shift can have up to %(most)s places. Type a number from 0 to that.", most=refusal.most
    ),
    errors.MessageTooLong: lambda refusal: gettext(
        "The message may have up to %(limit)s characters. Shorten it a little.", limit=refusal.limit
    ),
    errors.MessageUnreadable: lambda _: gettext("The message has characters we cannot keep. Type it again."),
    errors.GivingNotSetUp: lambda _: gettext(
        "Giving is not set up here yet, and nothing was charged. Please come back another day."
    ),
    errors.DonationAlreadyPaid: lambda _: gettext(
        "This gift is paid already, so there is nothing more to do."
    ),
    errors.DonationStillProcessing: lambda _: gettext(
        "Your bank is still working on this gift. Look here again later; a second payment is not needed."
    ),
    errors.DonationUnknown: lambda _: gettext(
        "We do not know this gift. Open the link from your mail again."
    ),
    errors.OtherLivemode: lambda _: gettext(
        "Practice and real payments do not mix. Check which keys are set."
    ),
    gateway.GatewayUnavailable: lambda _: gettext(
        "The payment provider does not answer right now. Nothing was charged. Please try again in a few minutes."
    ),
    gateway.GatewayRefused: lambda _: gettext(
        "The payment provider could not take this. Nothing was charged. Try another amount, or write to us."
    ),
    campaign_errors.CampaignEnded: lambda _: gettext(
        "This campaign has ended, so it takes neither gifts nor sign-ups. Look through what is open now."
    ),
    campaign_errors.MomentMissing: lambda _: gettext("Say when. One of the two moments is enough."),
    campaign_errors.MomentUnreadable: lambda _: gettext(
        "This is no day with a time of day. Type it like 2027-03-28 09:30."
    ),
    campaign_errors.MomentSkipped: lambda refusal: gettext(
        "Clocks go forward then, so %(when)s does not come. Choose an hour earlier or later.",
        when=refusal.text,
    ),
    campaign_errors.MomentOver: lambda _: gettext("That moment is over. Choose one to come."),
    campaign_errors.EndsBeforeItBegins: lambda _: gettext(
        "It would end before it is published. Choose a later moment for its end."
    ),
    campaign_errors.PublicAlready: lambda _: gettext(
        "Readers see this campaign already. Say only when it ends."
    ),
    **PICTURE_SENTENCES,
    **TRANSLATION_SENTENCES,
    campaign_errors.AddressTaken: lambda _: gettext(
        "Another campaign has the address that this title makes. Change the title a little."
    ),
    campaign_errors.AddressInUse: lambda _: gettext("Another campaign has this address. Choose another one."),
    campaign_errors.AddressMalformed: lambda refusal: gettext(
        "An address has small letters from a to z, digits, and single hyphens between them: up to %(limit)s in all.",
        limit=refusal.limit,
    ),
    campaign_errors.AddressStays: lambda _: gettext(
        "This address stays: others have it already, and their links would lead nowhere."
    ),
    campaign_errors.TextTooLong: lambda refusal: gettext(
        "The campaign may have up to %(limit)s characters in all. Shorten its story.", limit=refusal.limit
    ),
    campaign_errors.EntryMissing: lambda _: gettext("This is missing. Type it here."),
    campaign_errors.EntryTooLong: lambda refusal: gettext(
        "This may have up to %(limit)s characters. Shorten it a little.", limit=refusal.limit
    ),
    campaign_errors.GoalTooHigh: lambda _: gettext("This goal is more than can be counted here. Type less."),
    campaign_errors.CurrencyUnknown: lambda _: gettext("Choose one of the currencies that the group takes."),
    campaign_errors.CheckOfAnotherReceiver: lambda _: gettext(
        "The check is of another receiver or country: its day is from before they were changed. Look this one up, and "
        "date the check anew."
    ),
    campaign_errors.RevisionOutdated: lambda refusal: gettext(
        "Revision %(number)s can’t come back whole: something that it names is not there any more. "
        "Copy what you need from it into the editor.",
        number=refusal.number,
    ),
    campaign_errors.EditedMeanwhile: lambda refusal: gettext(
        "Somebody else has saved revision %(number)s in the meantime. Look at what they changed first.",
        number=refusal.number,
    ),
    campaign_errors.NotReady: lambda refusal: gettext(
        "This campaign can’t be public without: %(missing)s. Add it and try again.",
        missing=", ".join(missing_in_words(refusal.missing)),
    ),
    campaign_errors.ArticleTooLarge: lambda refusal: gettext(
        "A file may have up to %(limit)s megabytes, unpacked. Save the article alone, without pictures, and try again.",
        limit=refusal.limit,
    ),
    campaign_errors.ArticleTooLong: lambda refusal: gettext(
        "An article may have up to %(limit)s characters. Take one part of this text, and try again.",
        limit=refusal.limit,
    ),
    campaign_errors.ArticleUnreadable: lambda _: gettext(
        "We cannot read this file. Save the article as plain text, Markdown, HTML or .docx, or paste its text."
    ),
    campaign_errors.ArticleEmpty: lambda _: gettext(
        "There is no article’s text in this. Look whether it is the right file, or paste the text."
    ),
    links.LinkAltered: lambda _: gettext(
        "This link is not complete. Open it from the mail itself, or copy all of it."
    ),
    links.LinkNotFollowed: lambda _: gettext(
        "This page opens by the link in your mail, and closes half an hour later. Open that link again."
    ),
    links.LinkExpired: lambda _: gettext("This link has run out. Ask for a new one below; it comes by mail."),
    links.LinkForOtherPurpose: lambda _: gettext(
        "This link opens another page. Open it from the mail itself."
    ),
    links.LinkWithdrawn: lambda _: gettext(
        "This link was withdrawn. Open the newest mail from us, or write to us for help."
    ),
}


def sentence(refusal: Exception) -> str:
    """Give the sentence for a refusal; raises KeyError for a class that has none, which a test looks for."""
    return SENTENCES[type(refusal)](refusal)
