"""The command that reads an article and tells what is in it, or keeps it as a draft."""

from pathlib import Path
from typing import BinaryIO

import click
from flask import current_app

from portal.cli.opening import open_app
from portal.clock import now
from portal.db import db
from portal.domain.campaigns.article.finding import find_in
from portal.domain.campaigns.article.found import Article, FoundFigure
from portal.domain.campaigns.article.reading import read_document
from portal.domain.campaigns.drafting.service import keep_article
from portal.domain.campaigns.errors import ArticleRefused
from portal.domain.campaigns.queries import find_group
from portal.web.draft_words import draft_words
from portal.web.refusals import sentence


@click.command("import-article")
@click.argument("file", type=click.File("rb"))
@click.option(
    "--dry-run", is_flag=True, help="Only tell what is found: no database is needed, none is touched."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
def import_article(file: BinaryIO, dry_run: bool, as_json: bool) -> None:
    """Read the article of FILE: plain text, Markdown, a saved web page, a WordPress export, .docx; - reads stdin."""
    article = _read(file)
    click.echo(article.model_dump_json(indent=1) if as_json else "\n".join(_summary(article)))
    if not dry_run:
        click.echo(f"Kept for an organizer to decide about: {_keep(article, _name_of(file))}", err=as_json)


def _keep(article: Article, file_name: str) -> str:
    """Keep an article for the desk, and give the address of its page there."""
    with open_app().app_context():
        group = find_group()
        if group is None:
            raise click.ClickException(
                "This portal has no group yet. Set it up first; `lantern seed` does, for the demo."
            )
        row = keep_article(None, article, file_name, group, draft_words(), now())
        db.session.commit()
        return f"{current_app.config['PUBLIC_URL']}/desk/campaigns/from-article/{row.id}"


def _read(file: BinaryIO) -> Article:
    try:
        return find_in(read_document(file.read(), _name_of(file)))
    except ArticleRefused as refusal:
        raise click.ClickException(sentence(refusal)) from refusal


def _name_of(file: BinaryIO) -> str:
    """Give a file's name; empty for what is piped in."""
    name = Path(str(getattr(file, "name", ""))).name
    return "" if name in ("-", "<stdin>") else name


def _summary(article: Article) -> list[str]:
    """Give what was found in lines for a person."""
    return [
        article.title or "(no title)",
        f"by {article.author or 'nobody named'}, {article.published}"
        + (f", {article.licence}" if article.licence else ""),
        "",
        article.summary,
        "",
        f"Figures: {len(article.figures)}",
        *(f"  {_figure(figure)}" for figure in article.figures),
        f"Quotations: {len(article.quotations)}",
        *(f"  {one.speaker or 'nobody named'}: {_start(one.text)}" for one in article.quotations),
        f"Organizations: {len(article.organizations)}",
        *(f"  {' = '.join((one.name, *one.aliases))}" for one in article.organizations),
        f"Readings: {len(article.readings)}",
        *(f"  {one.title} ({one.url or 'no address'})" for one in article.readings),
        f"Interests declared: {len(article.interests)}",
        *(f"  {declared}" for declared in article.interests),
        f"Contradictions: {len(article.contradictions)}",
        *(f"  {one.about}: {' or '.join(one.says)}" for one in article.contradictions),
        f"Left out: {len(article.left_out)}",
        *(f"  {_start(one.text)} ({one.reason})" for one in article.left_out),
    ]


def _figure(figure: FoundFigure) -> str:
    said = figure.said_by or "no source named"
    return f"{figure.text}: {figure.counts} ({said}, {figure.year or 'no year given'})"


def _start(text: str, letters: int = 70) -> str:
    return text if len(text) <= letters else text[:letters].rsplit(" ", 1)[0] + " …"
