"""Refusals of making and managing events, in words: a part of web/refusals.py that would make it too long."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext

from portal.domain.events import errors
from portal.domain.volunteers import errors as help_errors
from portal.web.filters import moment

HOST_SENTENCES: dict[type[Exception], Callable[[Any], str]] = {
    help_errors.CheckInNotOpen: lambda refusal: gettext(
        "Who is here can be marked from %(when)s on, unless it was called off. Come back then.",
        when=moment(refusal.opens_at, refusal.timezone),
    ),
    help_errors.HoursNotOpen: lambda refusal: gettext(
        "Hours can be written down from %(when)s on, unless it was called off. Come back then.",
        when=moment(refusal.opens_at, refusal.timezone),
    ),
    help_errors.HoursUnreadable: lambda _: gettext(
        "Type hours like 2 or 1.5, up to 24, and nothing for who was not there."
    ),
}
EVENT_SENTENCES: dict[type[Exception], Callable[[Any], str]] = {
    errors.EventNotPossible: lambda _: gettext(
        "The event has changed since this page was made. Load the page again to see how it stands."
    ),
    errors.EventChanged: lambda _: gettext(
        "The event was changed while you looked at it. Read it once more, then decide."
    ),
    errors.LastHost: lambda _: gettext(
        "An event needs somebody who manages it. Ask another person to be a host first."
    ),
    errors.OnlyHost: lambda refusal: gettext(
        "Nobody but you manages “%(title)s”. First ask another person to be a host, or call it off or take it back.",
        title=refusal.title,
    ),
    errors.NotAsked: lambda _: gettext(
        "This person is no host of the event any more. Load the page again to see who is."
    ),
    errors.TooManyHosts: lambda _: gettext("The event has as many hosts as it can. Take one off first."),
    errors.PromiseMissing: lambda _: gettext(
        "Tick both boxes. An event for which one of them is not true can't take place here."
    ),
    errors.NoteMissing: lambda _: gettext("Write to the hosts why not, so that they can do better."),
    errors.TextMissing: lambda _: gettext("This can't stay empty. Type a few words."),
    errors.TextTooLong: lambda refusal: gettext(
        "Up to %(limit)s characters fit here. Shorten it a little.", limit=refusal.limit
    ),
    errors.TextUnreadable: lambda _: gettext(
        "This has characters we cannot keep. Type it again as plain text."
    ),
    errors.CampaignUnknown: lambda _: gettext("Choose the campaign that the event is for."),
    errors.ZoneUnknown: lambda _: gettext(
        "No time zone has this name. Choose one from the list, like Europe/Dublin."
    ),
    errors.LanguageUnknown: lambda _: gettext("Tick at least one language that is spoken."),
    errors.NamesPromised: lambda _: gettext(
        "Those who signed up were told that only the hosts see their names. Leave it at that."
    ),
    errors.ExactPlaceMissing: lambda _: gettext(
        "Type the exact place too: those who have a place are told it, and nobody else."
    ),
    errors.ChoiceUnknown: lambda _: gettext("Choose one of what is listed."),
    errors.DayUnreadable: lambda _: gettext("This is no day we can read. Type it like 2027-03-28."),
    errors.DaysImpossible: lambda refusal: gettext(
        "The last day must be the first one or later, by up to %(most)s days.", most=refusal.most
    ),
    errors.ClockUnreadable: lambda _: gettext("This is no time of day. Type it like 09:30."),
    errors.MinutesOutOfRange: lambda refusal: gettext(
        "Type a number of minutes from %(least)s to %(most)s.", least=refusal.least, most=refusal.most
    ),
    errors.RoleMissing: lambda _: gettext("Type at least one role, with a name for each number of places."),
    errors.RoleTwice: lambda _: gettext(
        "Two roles have the same name. Make one of them, or name them apart."
    ),
    errors.PlacesOutOfRange: lambda refusal: gettext(
        "Each role needs a number of places from 1 to %(most)s.", most=refusal.most
    ),
    errors.NoShiftFits: lambda _: gettext(
        "No shift fits into this. Make the shifts shorter, the hours longer, or choose other days."
    ),
    errors.TooManyShifts: lambda refusal: gettext(
        "These are more than %(most)s shifts. Choose fewer days, or make an event for each month.",
        most=refusal.most,
    ),
    errors.ShiftInThePast: lambda refusal: gettext(
        "The shift on %(when)s would be over before anybody can come. Choose a later day.",
        when=moment(refusal.starts_at, refusal.timezone),
    ),
}
