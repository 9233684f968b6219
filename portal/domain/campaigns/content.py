"""Content files as values: Markdown with YAML front matter, every mistake told with its file and line."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from portal.domain.campaigns.addresses import ADDRESS
from portal.domain.campaigns.documents import CampaignSettings, GroupDocument, read_minor
from portal.domain.campaigns.errors import ContentInvalid, Problem
from portal.domain.campaigns.markdown import MarkdownRefused, story_blocks
from portal.domain.campaigns.picture import Picture
from portal.domain.campaigns.story import DRAWINGS, Block, Story

Where = tuple[str | int, ...]
Document = TypeVar("Document", bound=BaseModel)
_FENCE = "---"

# The one written in C where PyYAML brings it, as its wheels do: it reads ten times as fast.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class LoadedCampaign:
    """One campaign as its file tells it; the fingerprint changes when any word of the story does."""

    slug: str
    settings: CampaignSettings
    story: Story
    source: str

    @property
    def fingerprint(self) -> str:
        """A digest of the story, equal for equal stories."""
        # Without pictures it is what it was before there were any.
        left_out = None if self.story.pictures else {"pictures"}
        return sha256(self.story.model_dump_json(exclude=left_out).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Content:
    """The group and its campaigns, as a folder of content files tells them."""

    group: GroupDocument
    campaigns: tuple[LoadedCampaign, ...]


class YamlText:
    """YAML as plain values that remember on which line each of them stands."""

    def __init__(self, text: str, file: str, first_line: int, problems: list[Problem]) -> None:
        self.file, self.first_line, self.problems = file, first_line, problems
        self.lines: dict[Where, int] = {(): first_line}
        self.values: dict[str, Any] = {}
        try:
            node = yaml.compose(text, Loader=LOADER)
            values = yaml.load(text, Loader=LOADER)  # noqa: S506  (a safe one, whichever it is)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            self._tell_line(first_line + (mark.line if mark else 0), f"this is no YAML: {error.problem}.")
            return
        except (yaml.YAMLError, ValueError) as error:
            # A day such as 2026-02-31, or a character that YAML doesn't take: neither says where it stands.
            self._tell_line(first_line, f"this is no YAML: {error}.")
            return
        if not isinstance(values, dict) or node is None:
            self._tell_line(first_line, "expected lines such as `title: ...`.")
            return
        self.values = values
        self._mark(node, ())

    def _mark(self, node: yaml.Node, where: Where) -> None:
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                path = (*where, str(key.value))
                if path in self.lines:
                    self._tell_line(self._line_of(key), f"`{key.value}` stands here a second time.")
                self.lines[path] = self._line_of(key)
                self._mark(value, path)
        elif isinstance(node, yaml.SequenceNode):
            for index, item in enumerate(node.value):
                self.lines[(*where, index)] = self._line_of(item)
                self._mark(item, (*where, index))

    def _line_of(self, node: yaml.Node) -> int:
        return int(self.first_line + node.start_mark.line)

    def _tell_line(self, line: int, sentence: str) -> None:
        self.problems.append(Problem(self.file, line, sentence))

    def tell(self, where: Where, sentence: str, kind: str = "") -> None:
        """Remember a problem of a kind at the nearest line that stands in the file."""
        nearest = where
        while nearest not in self.lines:
            nearest = nearest[:-1]
        self.problems.append(Problem(self.file, self.lines[nearest], sentence, where, kind))

    def read(self, model: type[Document], values: dict[str, Any]) -> Document | None:
        """Give the values as a document, or tell every problem in them and give None."""
        try:
            return model.model_validate(values)
        except ValidationError as error:
            for detail in _without_echoes(error.errors()):
                self.tell(detail["loc"], sentence_of(detail), detail["type"])
            return None


def load_content(folder: Path) -> Content:
    """Read `group.yaml` and `campaigns/*.md` of a content folder.

    Raises ContentInvalid with every problem of every file.
    """
    problems: list[Problem] = []
    group = _load_group(folder, problems)
    files = sorted((folder / "campaigns").glob("*.md"))
    currency = group.currency if group else "EUR"
    loaded = [_load_campaign(file, file.relative_to(folder).as_posix(), currency, problems) for file in files]
    slugs = {campaign.slug for campaign in loaded if campaign}
    for partner in group.partners if group else ():
        lost = [slug for slug in partner.campaigns if slug not in slugs]
        problems += [Problem("group.yaml", 1, f"`partners`: no campaign is called {slug}.") for slug in lost]
    if problems or group is None:
        raise ContentInvalid(tuple(sorted(problems)))
    return Content(group, tuple(campaign for campaign in loaded if campaign))


def _load_group(folder: Path, problems: list[Problem]) -> GroupDocument | None:
    file = folder / "group.yaml"
    if not file.is_file():
        problems.append(Problem("group.yaml", 1, "this file is missing; it describes the group."))
        return None
    document = YamlText(file.read_text("utf-8"), "group.yaml", 1, problems)
    return document.read(GroupDocument, document.values) if document.values else None


def _load_campaign(path: Path, file: str, currency: str, problems: list[Problem]) -> LoadedCampaign | None:
    if not ADDRESS.fullmatch(path.stem):
        problems.append(Problem(file, 1, "a file name becomes an address: small letters, digits, hyphens."))
    return read_campaign(path.read_text("utf-8"), path.stem, file, currency, problems)


def read_campaign(
    text: str,
    slug: str,
    file: str,
    currency: str,
    problems: list[Problem],
    pictures: Mapping[str, Picture] = MappingProxyType({}),
) -> LoadedCampaign | None:
    """Give a campaign as its text tells it; what is wrong is added to the problems, under this name of a file.

    `pictures` are those that it can show.
    Gives None where there is nothing to give; whoever calls it looks at the problems all the same.
    """
    lines = text.splitlines()
    if _FENCE not in lines[1:] or lines[0] != _FENCE:
        problems.append(Problem(file, 1, "a campaign starts with --- and YAML, closed by a second ---."))
        return None
    end = lines.index(_FENCE, 1)
    front = YamlText("\n".join(lines[1:end]), file, 2, problems)
    known: dict[str, Set[str]] = {
        "figure": _ids(front.values.get("key_figures")),
        "claim": _ids(front.values.get("claims")),
        "drawing": DRAWINGS,
        "picture": pictures.keys(),
    }
    blocks = list(_read_blocks("\n".join(lines[end + 1 :]), file, end + 2, known, problems))
    if not front.values:
        return None
    if front.values.pop("pictures", None) is not None:
        front.tell(("pictures",), "`pictures` is no field that Lantern knows.", "extra_forbidden")
    shown = dict.fromkeys(block.name for block in blocks if block.kind == "picture")
    own = {name: front.values.pop(name) for name in CampaignSettings.model_fields if name in front.values}
    settings = front.read(CampaignSettings, {"currency": currency, **own})
    _read_amounts(front, own.get("currency", currency))
    story = front.read(
        Story, {**front.values, "blocks": blocks, "pictures": [pictures[name] for name in shown]}
    )
    return LoadedCampaign(slug, settings, story, text) if settings and story else None


def _read_amounts(front: YamlText, currency: str) -> None:
    """Turn the written amounts into minor units; what is no amount is told, and taken out."""
    written = front.values.get("amounts")
    places: list[tuple[Any, Any]] = [(front.values, "usual_amount")] if "usual_amount" in front.values else []
    if isinstance(written, list):
        places += [(written, index) for index in range(len(written))]
    for holder, key in places:
        try:
            holder[key] = read_minor(holder[key], currency)
        except ValueError as error:
            where: Where = ("amounts", key) if holder is written else (key,)
            front.tell(where, f"`amounts`: {error}.", "amount")
            holder[key] = 1


def _read_blocks(
    text: str, file: str, first_line: int, known: dict[str, Set[str]], problems: list[Problem]
) -> Iterator[Block]:
    for line, block in story_blocks(text):
        if isinstance(block, MarkdownRefused):
            problems.append(Problem(file, first_line + line, block.sentence, ("blocks",), block.kind))
        elif block.kind in known and block.name not in known[block.kind]:
            sentence = f"no {block.kind} is called {block.name}."
            problems.append(Problem(file, first_line + line, sentence, ("blocks",), "name"))
        elif block.kind == "drawing" and block.of and block.of not in known["figure"]:
            sentence = f"no figure is called {block.of}."
            problems.append(Problem(file, first_line + line, sentence, ("blocks",), "name"))
        else:
            yield block


def _ids(items: object) -> set[str]:
    found: Sequence[object] = items if isinstance(items, list) else ()
    return {str(item["id"]) for item in found if isinstance(item, dict) and "id" in item}


def _without_echoes(details: list[ErrorDetails]) -> list[ErrorDetails]:
    """Leave out that a list is too short where one of its items is wrong: pydantic counts only right ones."""
    within = {detail["loc"][:-depth] for detail in details for depth in range(1, len(detail["loc"]))}
    return [detail for detail in details if detail["type"] != "too_short" or detail["loc"] not in within]


def sentence_of(detail: ErrorDetails) -> str:
    """Say in plain words what pydantic found."""
    name = ".".join(str(part) for part in detail["loc"])
    match detail["type"]:
        case "missing":
            return f"`{name}` is missing."
        case "extra_forbidden":
            return f"`{name}` is no field that Lantern knows."
        case "string_pattern_mismatch":
            return f"`{name}` does not have the right form: {detail['input']!r}."
        case "value_error":
            return f"`{name}`: {detail['ctx']['error']}."
    return f"`{name}`: {detail['msg'][:1].lower()}{detail['msg'][1:]}."
