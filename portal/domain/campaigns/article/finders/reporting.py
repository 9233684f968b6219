"""Words that report what somebody says, and the phrases that tell whose study or whose account it is."""

from collections.abc import Sequence

from portal.domain.campaigns.article.finders.names import Name
from portal.domain.campaigns.article.finders.tokens import Token, lower_at
from portal.domain.campaigns.article.finders.years import MONTHS, STUDIES

SAYING = frozenset(
    "say says said estimate estimates estimated warn warns warned announce announces announced state"
    " states stated tell tells told write writes wrote add adds added confirm confirms confirmed"
    " conclude concludes concluded argue argues argued predict predicts predicted reveal reveals"
    " revealed declare declares declared explain explains explained acknowledge acknowledges"
    " acknowledged insist insists insisted recall recalls recalled calculate calculates calculated"
    " report reports reported claim claims claimed suggest suggests suggested remember remembers"
    " remembered".split()
)
# These say something only with a number behind them,
COUNTING = frozenset(
    "track tracks tracked classify classifies classified verify verifies verified identify identifies"
    " identified monitor monitors monitored log logs logged tally tallies tallied assess assesses"
    " assessed count counts counted record records recorded register registers registered document"
    " documents documented appeal appeals appealed pledge pledges pledged promise promises promised"
    " trace traces traced".split()
)
# and these only with that, or with a number behind at.
FINDING = COUNTING | frozenset(
    "find finds found show shows showed shown put puts expect expects expected believe believes"
    " believed ask asks asked reply replies replied answer answers answered note notes noted indicate"
    " indicates indicated come came think thinks reckon reckons reckoned admit admits admitted concede concedes"
    " conceded complain complains complained maintain maintains maintained allege alleges alleged caution"
    " cautions cautioned stress stresses stressed emphasize emphasizes emphasized emphasise emphasises"
    " emphasised testify testifies testified observe observes observed fear fears feared hope hopes hoped"
    " plan plans planned want wants wanted aim aims aimed intend intends guess guesses guessed"
    " assume assumes assumed deny denies denied".split()
)
FORESEEING = frozenset(
    "expect expects expected hope hopes hoped plan plans planned want wants wanted aim aims aimed intend"
    " intends".split()
)
HAVING = frozenset("has have had holds hold".split())
ALSO_NOUNS = frozenset(
    "report reports estimate estimates claim claims state states count counts answer answers record"
    " records estimated reported suggested declared announced confirmed recorded registered documented"
    " counted claimed stated appeal appeals pledge pledges promise promises promised trace traces traced"
    " plan plans planned aim aims alleged feared stress fear fears hope hopes guess guesses".split()
)
_ACCOUNTS = frozenset(
    "account accounts count estimate estimates reckoning figures numbers admission calculation calculations"
    " tally".split()
)
_BY = frozenset("by on in from".split())
_DONE = frozenset(
    "carried conducted made did done published commissioned ran run took released undertook paid".split()
)
_RELATIVES = frozenset(("that", "which"))
_ASKING = frozenset("answered answering in to by for from of".split())
_LONGEST_ACCOUNT, _LONGEST_DOING = 6, 8


def whose_account(tokens: Sequence[Token], place: int) -> tuple[int, int] | None:
    """Give from where to where it is told whose account a word is: by the treasury's own account; else None."""
    last = place - 1
    if tokens[place].lower not in _ACCOUNTS or last < 1:
        return None
    if lower_at(tokens, last) == "own":
        last -= 1
    if not tokens[last].is_possessive:
        return None
    start = last
    while start > 0 and last - start < _LONGEST_ACCOUNT and tokens[start - 1].is_word:
        if tokens[start - 1].lower in _BY:
            return start, last + 1
        start -= 1
    return None


def doer_of_study(tokens: Sequence[Token], names: Sequence[Name], study: int) -> Name | None:
    """Give who made a study: a survey that X carried out, an assessment made in July by X; None when it is not told."""
    name = next((one for one in names if study < one.start <= study + _LONGEST_DOING), None)
    if name is None:
        return None
    between = [token.lower for token in tokens[study + 1 : name.start]]
    told = [word for word in between if word not in MONTHS and not word.isdigit()]
    if told[:1] and told[0] in _RELATIVES and set(told[1:]) <= {"the"}:
        return name if lower_at(tokens, name.end) in _DONE else None
    made = told[:1] and told[0] in _DONE | {"by", "from"}
    by = [
        word
        for word in told
        if word not in ("the", "out", "in", "charity", "group", "agency", "newspaper", "last")
    ]
    return name if made and by[-1:] in (["by"], ["from"]) and len(by) <= 2 else None


def was_asked(tokens: Sequence[Token], study: int) -> bool:
    """Say whether a study is one that somebody answered or was counted in: those who answered a survey."""
    before = study - 1
    while lower_at(tokens, before) in ("a", "an", "the", "one", "recent", "new", "online", "this"):
        before -= 1
    return study - before > 1 and lower_at(tokens, before) in _ASKING and tokens[study].lower in STUDIES
