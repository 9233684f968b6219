"""Why a place on a page holds nothing of its article: told by an element's kind, its role, its class and its id."""

import re
from functools import lru_cache

from portal.domain.campaigns.article.files.chrome_words import Why
from portal.domain.campaigns.article.files.markup import Tree

_TAGS = {
    "nav": Why.MENU,
    "button": Why.BUTTON,
    "label": Why.BUTTON,
    "dialog": Why.NOT_MAIN,
    "figcaption": Why.PICTURE,
}
_ROLES = {
    "navigation": Why.MENU,
    "menu": Why.MENU,
    "menubar": Why.MENU,
    "search": Why.MENU,
    "contentinfo": Why.FOOTER,
    "dialog": Why.NOT_MAIN,
    "alertdialog": Why.NOT_MAIN,
}
# Whole words of a class or id, which are split at hyphens, underscores and capitals.
_NAMES = {
    Why.COOKIES: "cookies? consent gdpr onetrust cmplz cookiebar cookielaw",
    Why.COMMENTS: "comments? respond disqus commentlist reply replies 댓글",
    Why.RELATED: "related relatedposts recommended recommendations more-from recent-posts popular trending most-read"
    " read-next outbrain taboola post-navigation nav-links up-next",
    Why.SHARE: "share sharing sharedaddy share-?buttons? social addtoany addthis sns likes sd-like",
    Why.NEWSLETTER: "newsletter subscribe subscription signup sign-up mailchimp mc4wp mailing-list",
    Why.ADS: "ads? advert advertisement adsbygoogle sponsored sponsor wpcnt wordads banner-ad 광고",
    Why.LOGIN: "login log-in signin sign-in paywall register",
    Why.PRICES: "prices? pricing shop cart product",
    Why.READING_TIME: "reading-time read-time readtime",
    Why.FILING: "tags tag-links cat-links categories breadcrumbs? filed-under",
    Why.MENU: "menu navbar navigation skip-link skip sidebar site-header masthead topbar gnb lnb widget-area"
    " widget-title widget-recent widget-archive widget-categories widget-meta site-branding",
    Why.FOOTER: "footer colophon site-info copyright",
}
_CLASSES = {
    why: re.compile(rf"(?<![a-z])(?:{words.replace(' ', '|')})(?![a-z])") for why, words in _NAMES.items()
}
_WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[_:]+")
# An article may stand in elements that are called after what else the page has: never judged by their names.
_WIDE = frozenset("html body main article".split())
_LONGEST_NAMES = 200


def reason_of_place(element: Tree, around: set[Tree]) -> tuple[Why, bool] | None:
    """Say why what stands in this element is not the article's, and whether that is certain; None without a word."""
    tag = element.tag
    if tag in _TAGS:
        return _TAGS[tag], True
    if tag in _WIDE:
        return None
    if role := _ROLES.get(element.get("role", "")):
        return role, True
    if tag == "footer" and not _is_in_article(element):
        return Why.FOOTER, True
    if tag in ("p", "h1", "h2", "h3", "em", "strong", "i", "b", "blockquote", "tr", "td"):
        return None
    names = f"{element.get('id') or ''} {element.get('class') or ''}"[:_LONGEST_NAMES]
    return None if element in around or not names.strip() else _by_names(names)


@lru_cache(maxsize=1_000)
def _by_names(names: str) -> tuple[Why, bool] | None:
    words = _WORDS.sub("-", names).lower()
    for why, pattern in _CLASSES.items():
        if pattern.search(words):
            return why, why in (Why.COOKIES, Why.COMMENTS, Why.NEWSLETTER)
    return None


def around_article(tree: Tree) -> set[Tree]:
    """Give the elements that stand around the page's article, such as its only column: their names say nothing."""
    around: set[Tree] = set()
    articles = list(tree.iter("article"))
    for element in (*tree.iter("main", "h1"), *(articles if len(articles) == 1 else ())):
        while element is not None and element not in around:
            around.add(element)
            element = element.getparent()
    return around


def _is_in_article(element: Tree) -> bool:
    return any(parent.tag in ("article", "main", "blockquote") for parent in element.iterancestors())
