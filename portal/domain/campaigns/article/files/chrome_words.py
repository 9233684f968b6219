"""The words by which a text is known to be a site's and not its article's, English and Korean, with the reason."""

import re
from enum import StrEnum


class Why(StrEnum):
    """Why a text is no part of an article, in plain words."""

    COMMENTS = "readers’ comments and the form for them"
    COOKIES = "a notice about cookies"
    MENU = "the site’s menu"
    SHARE = "buttons for sharing"
    RELATED = "pointers to other posts"
    NEWSLETTER = "an invitation to a newsletter"
    ADS = "an advertisement"
    READING_TIME = "how long reading takes"
    LOGIN = "an invitation to sign in"
    PRICES = "prices of something that is sold there"
    FOOTER = "the site’s footer"
    FILING = "how the site files the post"
    CONTACT = "how to reach or pay the house"
    NO_TARGET = "a link whose address the file does not have"
    BUTTON = "a button"
    TITLE = "the title or the site’s name once more"
    PICTURE = "words about a picture"
    ABOUT_ITSELF = "what the file says about itself"
    HIDDEN = "hidden on the page"
    OTHER_POST = "another post of the same file"
    NOT_MAIN = "not part of the main text"
    MORE = "more of the same; the list ends here"


def _line_of(words: str) -> re.Pattern[str]:
    """Match a whole line that is one of these, whatever arrows and dots stand around it."""
    return re.compile(rf"\W{{0,4}}(?:{words})\W{{0,6}}", re.IGNORECASE)


_RELEASE = (
    r"(?:(?:press|news|media) release|for immediate (?:release|publication)|embargoed (?:until|till) .{1,60}"
    r"|보도 ?자료|즉시 ?보도.{0,20})"
)
LINES: tuple[tuple[Why, re.Pattern[str]], ...] = (
    (Why.ABOUT_ITSELF, _line_of(rf"{_RELEASE}(?:\W{{1,5}}{_RELEASE})?|ends|끝")),
    (
        Why.MENU,
        _line_of(
            r"home|menu|main menu|search|search for|skip to (?:the )?(?:main )?content|skip to navigation|about"
            r"|about us"
            r"|contact|contact us|our work|get involved|blog|news|shop|(?:toggle|main|site) navigation|open menu"
            r"|close(?: menu)?|back to (?:the )?top|scroll to top|sitemap|previous|next|홈|메뉴|검색|사이트맵"
            r"|목록|닫기"
            r"|전체 ?메뉴|(?:본문|주 ?메뉴|메뉴) ?바로가기|맨 ?위로|소개|회사 ?소개|단체 ?소개|공지 ?사항|문의"
        ),
    ),
    (
        Why.SHARE,
        _line_of(
            r"share|share (?:this|it)(?: (?:post|article|story|page))?|share via|tweet|facebook|twitter|x"
            r"|instagram|youtube"
            r"|whatsapp|pinterest|linkedin|reddit|telegram|tumblr|print|e-?mail|e-?mail this|copy link|copied"
            r"|like this"
            r"|like|loading|like loading|(?:click to )?(?:share|print|e-?mail) ?(?:on|by|to|via|with|this)?"
            r" ?(?:x|a|facebook|twitter|whatsapp|linkedin|reddit|telegram|pinterest|tumblr|e-?mail|friend)?"
            r"(?: \(opens in new window\))?|click to .{3,30}\(opens in new window\)|be the first to like this"
            r"|follow us(?: on \w+)?|공유|공유하기|이 ?글 ?공유하기|기사 ?공유|페이스북|트위터|카카오톡"
            r"|카카오 ?스토리"
            r"|네이버 ?(?:블로그|밴드)|밴드|url ?복사|링크 ?복사|주소 ?복사|인쇄|스크랩|좋아요|글자 ?크기"
            r"|이메일|가|가\+|가-"
        ),
    ),
    (
        Why.READING_TIME,
        _line_of(
            r"(?:about |~)?\d{1,3}[ -]?min(?:ute)?s?\.?(?: to)?(?: read)?"
            r"|(?:estimated )?read(?:ing)? time:? ?\d{1,3} ?min(?:ute)?s?|읽는 ?(?:데|시간):? ?(?:약 ?)?\d{1,3} ?분"
            r"|(?:약 ?)?\d{1,3} ?분(?: 분량| 읽기| 소요)"
        ),
    ),
    (
        Why.LOGIN,
        _line_of(
            r"log ?in|log ?out|sign ?in|sign ?up|register|create (?:an|your) account|my account"
            r"|forgot(?:ten)? password"
            r"|(?:please )?(?:log|sign) in to (?:read|continue|comment|reply).{0,40}|already (?:a"
            r"|have) (?:a )?\w+\? ?.{0,20}"
            r"|로그인|로그아웃|회원 ?가입|비밀번호 ?찾기|로그인(?:이)? 필요.{0,20}|로그인 ?후 .{0,30}"
        ),
    ),
    (
        Why.ADS,
        _line_of(
            r"ad|ads|advertisements?|advertising|sponsored(?: (?:content|post|by.{1,40}))?|report this ad|promoted"
            r"|(?:article|story) continues below|광고|스폰서|ad choices|remove ads"
        ),
    ),
    (
        Why.FILING,
        _line_of(
            r"(?:tags?|tagged(?: (?:with|as))?|filed under|categor(?:y|ies)|posted in|posted under"
            r"|topics?)\b:? .{1,150}"
            r"|(?:tags?|categor(?:y|ies)|topics?|uncategori[sz]ed|edit|edit this|permalink|bookmark the permalink)"
            r"|(?:태그|분류|카테고리|키워드):? ?.{0,150}|this entry was posted .{1,200}"
        ),
    ),
    (
        Why.BUTTON,
        _line_of(
            r"donate|donate (?:now|today|here)|give now|read more|continue reading|learn more|view more"
            r"|load more|show more"
            r"|find out more|more|buy tickets?|add to (?:cart|basket)|support us|subscribe now|submit|send|ok"
            r"|got it"
            r"|play|play (?:video|audio)|listen|listen to (?:this|the) article|download pdf|후원|후원하기"
            r"|후원 ?안내"
            r"|더 ?보기|자세히 ?보기|계속 ?읽기|바로가기|확인|보내기|듣기|참여하기"
        ),
    ),
)

# Sentences that say themselves what they are, found anywhere in a short line.
SAYINGS: tuple[tuple[Why, re.Pattern[str]], ...] = (
    (
        Why.COOKIES,
        re.compile(
            r"\b(?:uses?|using|accept|allow|reject|manage|storing|place) (?:of |all |our |some |necessary "
            r"|essential )?cookies"
            r"|\bcookies? (?:policy|settings|preferences|notice|consent|and similar)|^(?:accept|reject"
            r"|decline)(?: all)?\W*$"
            r"|쿠키(?:를|가|의)? ?(?:사용|정책|설정|허용|동의|수집)|^(?:모두 )?(?:동의|거부)(?:하기|합니다)?\W*$",
            re.IGNORECASE,
        ),
    ),
    (
        Why.NEWSLETTER,
        re.compile(
            r"\bsubscribe (?:to|for|by|via)\b|^subscribe\W*$|\b(?:sign up|signup) (?:for|to) (?:our|the|my)\b"
            r"|\bour newsletter"
            r"|^(?:the |weekly |monthly )?newsletter\W*$|\b(?:enter|type) your e-?mail|\bmailing list\b"
            r"|\bin your inbox\b"
            r"|\b(?:to|straight to) your inbox\b|^(?:your )?e-?mail(?: address)?\W*$|\bunsubscribe\b|\bnever spam\b"
            r"|뉴스레터|구독하기|구독 ?신청|메일 ?구독|이메일(?: 주소)?를 ?입력|소식을 ?(?:메일|이메일)로",
            re.IGNORECASE,
        ),
    ),
    (
        Why.LOGIN,
        re.compile(
            r"\byou must be logged in\b|\b(?:log|sign) in (?:or|/) (?:register|sign up|join|subscribe)", re.I
        ),
    ),
    (
        Why.COMMENTS,
        re.compile(
            r"\byou are commenting using\b|\bconnecting to %s|\bnotify me of (?:new|follow)|\bsave my name, e-?mail"
            r"|\be-?mail (?:address )?will not be published|\brequired fields are marked|^cancel reply\W*$"
            r"|^post comment\W*$|^comments? (?:are|is) closed|^fill in your details below|\bpingback\b"
            r"|\btrackback\b"
            r"|이메일 ?주소는 ?공개되지|필수 ?(?:필드|항목)는?|댓글을 ?(?:달|남기|쓰|입력|등록)",
            re.IGNORECASE,
        ),
    ),
    (
        Why.FOOTER,
        re.compile(
            r"^(?:copyright|©|\(c\)) ?(?:©|\(c\))? ?(?:\d{4}|by )|\ball rights reserved|\bpowered by \w+"
            r"|\bblog at wordpress"
            r"|^(?:privacy|terms)(?: policy| of (?:use|service)| & conditions| and conditions)?\W*$|^(?:imprint"
            r"|disclaimer)\W*$"
            r"|\bregistered charity (?:no|number)|\bview (?:this page|original|the full site)\b|^theme: "
            r"|무단 ?전재|저작권자|이용 ?약관|개인정보 ?(?:처리|취급) ?방침|사업자 ?등록 ?번호"
            r"|외부 ?(?:필자|기고)의? ?글은 |글은 ?본(?:지|사|보)의 ?(?:편집|견해|의견|입장)"
            r"|all ?right ?reserved|고유 ?번호:",
            re.IGNORECASE,
        ),
    ),
    (
        Why.RELATED,
        re.compile(
            r"^(?:read (?:more|also|next)|also read|see also|related|up next|next post|previous post|next article"
            r"|previous article|이전 ?글|다음 ?글|이전 ?기사|다음 ?기사|관련 ?(?:글|기사))\s?[:：|→←]\s?\S",
            re.IGNORECASE,
        ),
    ),
)
COMMENTS_OPEN = re.compile(
    r"\W{0,3}(?:leave a (?:reply|comment)|post a comment|add (?:a|your) comment|write a comment"
    r"|join the (?:discussion|"
    r"conversation)|(?:\d{1,5}|no|one|two|three) (?:comments?|responses?|replies)(?: (?:on|to) .{1,200})?|comments?"
    r"(?: ?\(\d{1,5}\))?|(?:\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten) (?:thoughts?|responses?"
    r"|replies) (?:on|to)"
    r" .{1,250}|댓글(?: ?(?:남기기|쓰기|달기|작성|등록|입력))?(?: ?\(?\d{1,5}\)?개?)?|의견 ?남기기"
    r"|답글 ?남기기)\W{0,4}",
    re.IGNORECASE,
)
RELATED_OPEN = re.compile(
    r"\W{0,3}(?:related(?: (?:posts?|articles?|stories|news|content))?|more (?:posts|articles|stories"
    r"|from .{2,60}|on this)"
    r"|you (?:may|might) also (?:like|enjoy)|recommended(?: for you)?|(?:recent|popular|latest|top) (?:posts"
    r"|articles|stories|"
    r"news)|most (?:read|popular|viewed)|from the archives?|trending(?: now)?|관련 ?(?:글|기사|뉴스|게시물)"
    r"|추천 ?(?:글|기사)"
    r"|함께 ?(?:읽으면 ?좋은 ?글|볼 ?만한 ?기사)|많이 ?본 ?(?:글|기사|뉴스)|인기 ?(?:글|기사)|최(?:근"
    r"|신) ?(?:글|기사|뉴스)"
    r"|다른 ?기사(?: ?보기)?)\W{0,4}",
    re.IGNORECASE,
)
PRICE = re.compile(
    r"(?:[$€£₩]\s?\d{1,6}(?:[.,]\d{2,3})*|\d{1,3}(?:,\d{3})* ?원|\d{1,6}(?:[.,]\d{2})? ?(?:euros?|usd|eur|krw))"
    r"(?! ?(?:\d|k\b|m\b|bn\b|hundred|thousand|million|billion|만|억|조))",
    re.IGNORECASE,
)
SOLD = re.compile(
    r"(?:[$€£₩]\s?[\d.,]+|\d ?원|eur|usd|euros?)\s*(?:/|per|a|each|월|매월)?\s*(?:month|week|year|person|piece"
    r"|each|월|년)?\W*$"
    r"|\b(?:cart|basket|ticket|membership|subscription|shop|sale|정기 ?구독|장바구니)\b",
    re.IGNORECASE,
)
