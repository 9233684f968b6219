"""Tables of articles that were read, with what was decided about each, and of what stays to compare campaigns with."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.clock import now
from portal.db import Base, UtcDateTime

LONGEST_TITLE_KEPT, LONGEST_FILE_NAME = 300, 200


class ImportedArticle(Base):
    """An article as it was found in a file, and the decisions about it; it waits until a campaign is made of it.

    It is somebody else's text: for the desk alone, and gone for good when it is put away.
    """

    __tablename__ = "imported_article"
    # Never the number of one that was put away: an old page of that one would decide about another.
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    # Empty for one that was pasted.
    file_name: Mapped[str] = mapped_column(String(LONGEST_FILE_NAME))
    # As it was decided last, for lists that need not read all of it.
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE_KEPT))
    article: Mapped[dict[str, Any]] = mapped_column(JSON)
    decisions: Mapped[dict[str, Any]] = mapped_column(JSON)
    version: Mapped[int] = mapped_column(default=1)
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaign.id"), index=True)
    # No foreign keys to people, as in `Campaign`; nobody where the command line read it.
    made_by_id: Mapped[int | None]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    edited_by_id: Mapped[int | None]
    edited_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class ArticleTrace(Base):
    """What stays of an article once a campaign was made of it, also when it is put away: see `taken.ArticleWords`.

    Its campaigns, copies too, name it by `article_id`. No foreign key: the article itself may be gone.
    """

    __tablename__ = "article_trace"

    article_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    rows: Mapped[bytes] = mapped_column(LargeBinary)
