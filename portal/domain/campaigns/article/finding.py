"""What a careful reader finds in an article: one walk through its pieces, in the order in which they are read."""

from portal.domain.campaigns.article.document import Document, PieceKind
from portal.domain.campaigns.article.finders.article_text import ArticleText, Paragraph
from portal.domain.campaigns.article.finders.authors import Author, read_author
from portal.domain.campaigns.article.finders.contradictions import find_contradictions
from portal.domain.campaigns.article.finders.english_figures import english_figures
from portal.domain.campaigns.article.finders.entries import read_entry
from portal.domain.campaigns.article.finders.interviews import follows_question, is_interview
from portal.domain.campaigns.article.finders.memory import Memory
from portal.domain.campaigns.article.finders.menus import price_lists
from portal.domain.campaigns.article.finders.names import may_be_person, names_in, titles_of
from portal.domain.campaigns.article.finders.organizations import Organizations
from portal.domain.campaigns.article.finders.people import person_of
from portal.domain.campaigns.article.finders.quotations import Spoken, spoken_in
from portal.domain.campaigns.article.finders.sentences import LONGEST_SENTENCE, Sentence
from portal.domain.campaigns.article.finders.set_apart import set_apart
from portal.domain.campaigns.article.finders.summaries import summarize
from portal.domain.campaigns.article.finders.tables import row_figures
from portal.domain.campaigns.article.finders.tokens import tokens_of
from portal.domain.campaigns.article.finders.topics import person_in_mind
from portal.domain.campaigns.article.found import (
    Article,
    FoundFigure,
    FoundLeftOut,
    FoundLink,
    FoundPerson,
    FoundReading,
    Quotation,
    Section,
)
from portal.domain.campaigns.article.korean.figures import korean_figures
from portal.domain.campaigns.article.korean.quotations import korean_spoken_in
from portal.domain.campaigns.article.korean.speakers import person_at
from portal.domain.campaigns.article.korean.words import HANGUL, words_of

_MOST_HEADINGS = 200
MOST_FIGURES, MOST_QUOTATIONS, MOST_PEOPLE = 400, 200, 200
TOO_MANY = f"behind this sentence no figures were looked for: {MOST_FIGURES} were found before"


def find_in(document: Document) -> Article:
    """Give everything that a careful reader finds in a document, each with the place it was found in; add nothing."""
    return _Reader(document).article()


class _Reader:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.author: Author = read_author(document.pieces, (document.author or "").strip() or None)
        self.text = ArticleText(document, self.author.pieces)
        day = document.published
        self.memory = Memory(
            is_interview=is_interview(document.pieces), published=int(day[:4]) if day else None
        )
        self.figures: list[FoundFigure] = []
        self.rows: list[FoundFigure] = []
        self.quotations: list[Quotation] = []
        self.people: dict[str, str | None] = {}
        self.organizations = Organizations()
        self.left_out = [FoundLeftOut(text=one.text, reason=one.reason) for one in document.left_out]

    def article(self) -> Article:
        """Read once, and give what was found."""
        self._look_at_everything()
        readings = self._readings()
        organizations = self.organizations.found()
        names = [name for one in organizations for name in (one.name, *one.aliases)]
        document, text = self.document, self.text
        return Article(
            title=document.title,
            title_found_in=document.title_found_in,
            summary=summarize(text.searched),
            author=self.author.name,
            author_office=self.author.office,
            interests=self.author.interests,
            published=document.published or "undated",
            licence=document.licence,
            language=document.language,
            sections=tuple(Section(heading=one, paragraphs=tuple(told)) for one, told in text.sections),
            figures=tuple(self.figures),
            quotations=tuple(self.quotations),
            people=tuple(FoundPerson(name=name, office=office) for name, office in self.people.items()),
            organizations=organizations,
            readings=tuple(reading for reading, _ in readings),
            links=tuple(FoundLink(text=link.text, url=link.url) for link in text.links),
            contradictions=find_contradictions(
                text.sentences,
                readings,
                # The rows of a table tell different things in the same words.
                [figure for figure in self.figures if figure not in self.rows],
                {name: text.sentence_with(name) for name in names},
            ),
            left_out=tuple(self.left_out),
        )

    def _look_at_everything(self) -> None:
        for heading, _ in self.text.sections[:_MOST_HEADINGS]:
            self.organizations.look_at(heading, tokens_of(heading[:LONGEST_SENTENCE]))
        prices = price_lists(self.text.searched)
        for paragraph in self.text.searched:
            self._read(paragraph, paragraph.place in prices)
        for paragraph in self.text.about_author:
            for sentence in paragraph.sentences:
                self._meet(sentence)
        self._know_author()
        self.left_out += [FoundLeftOut(text=told, reason=why) for told, why in self.text.not_searched]

    def _read(self, paragraph: Paragraph, is_price_list: bool) -> None:
        self.memory.has_the_word = paragraph.speaker
        self.memory.begin_paragraph()
        if paragraph.speaker:
            self._know(paragraph.speaker, None)
        for sentence in paragraph.sentences:
            self._meet(sentence)
        self.memory.begin_again()
        if self.memory.is_interview and follows_question(self.document.pieces, paragraph.place):
            self.memory.person = self.memory.who_speaks_most() or self.memory.person
        spoken = self._spoken(paragraph)
        for one in spoken[: MOST_QUOTATIONS - len(self.quotations)]:
            self.quotations.append(
                Quotation(text=one.quoted.text.rstrip(" ,"), speaker=one.speaker, office=self._office(one))
            )
        self.memory.read_to(len(paragraph.text) + 1)
        if is_price_list or len(self.figures) >= MOST_FIGURES:
            return
        if not HANGUL.search(paragraph.text):
            # A Korean paragraph names people where they speak: its figures go on behind its quotations.
            self.memory.begin_again()
        row = row_figures(paragraph.piece, paragraph.section)
        self.figures += row or []
        self.rows += row or []
        for sentence in paragraph.sentences if row is None else ():
            self.memory.read_to(sentence.start)
            find = korean_figures if HANGUL.search(sentence.text) else english_figures
            self.figures += find(sentence, spoken, self.memory)
            if len(self.figures) >= MOST_FIGURES:
                self.left_out.append(FoundLeftOut(text=sentence.text, reason=TOO_MANY))
                return

    def _spoken(self, paragraph: Paragraph) -> list[Spoken]:
        if paragraph.piece.kind is PieceKind.QUOTE and (whole := set_apart(paragraph.text)):
            return [whole]
        read = korean_spoken_in if HANGUL.search(paragraph.text) else spoken_in
        spoken = read(paragraph.text, paragraph.sentences, self.memory)
        for one in spoken:
            self.memory.count(one.speaker)
            if one.speaker and (one.office or one.speaker in self.people):
                self.people[one.speaker] = self.people.get(one.speaker) or one.office
        return spoken

    def _office(self, one: Spoken) -> str | None:
        return one.office or (self.people.get(one.speaker) if one.speaker else None)

    def _meet(self, sentence: Sentence) -> None:
        """Remember whom and what a sentence names."""
        self.organizations.look_at(sentence.text, sentence.tokens)
        if HANGUL.search(sentence.text):
            words = words_of(sentence.text)
            for place in range(1, len(words)):
                if speaker := person_at(words, place):
                    self._know(speaker.name, speaker.office)
            return
        self.memory.meet_by_pronoun(sentence.tokens)
        named: list[tuple[int, str]] = []
        for name in names_in(sentence.tokens):
            self.memory.meet_perhaps(name)
            if name.start == 0 and may_be_person(name):
                self.memory.led = (sentence.start, name.text)
            if found := person_of(sentence.text, sentence.tokens, name):
                called, office = found
                self.memory.meet_by_last_name(called)
                self.memory.meet(name._replace(words=tuple(called.split())))
                called = self.memory.in_full(called)
                named.append((name.start, called))
                self.memory.call(called, " ".join([*name.words[: titles_of(name)], office or ""]))
                self._know(called, office)
            elif name.text in self.memory.full_names or self.memory.speaks_by_one_name(name, sentence.tokens):
                named.append((name.start, self.memory.in_full(name.text)))
            else:
                self.memory.meet_organization(name)
        if person := person_in_mind(sentence.tokens, named):
            self.memory.met.append((sentence.start, person))
            self.memory.person = person

    def _know(self, name: str, office: str | None) -> None:
        if name in self.people or len(self.people) < MOST_PEOPLE:
            self.people[name] = self.people.get(name) or office

    def _know_author(self) -> None:
        if self.author.name:
            self.people[self.author.name] = self.people.get(self.author.name) or self.author.office
        if self.author.office and HANGUL.search(self.author.office) and " " in self.author.office:
            self.organizations.add(self.author.office.rsplit(" ", 1)[0])

    def _readings(self) -> list[tuple[FoundReading, str]]:
        found = []
        for piece in self.text.entries:
            if reading := read_entry(piece):
                found.append((reading, piece.text))
                if reading.publisher:
                    self.organizations.look_at_publisher(reading.publisher)
        return found
